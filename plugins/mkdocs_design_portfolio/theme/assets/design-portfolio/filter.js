/* Narrows the index of designs down: what is asked for stands in the address, so that a view can be shared and the
   back button brings it back.

   A key is answered in the frame that follows, also with a thousand designs: what a reader can see at once is laid out
   first; the rest of the list and the counts beside the options follow when nobody types. */

// Not `q`: that one Material's search takes as its own.
const FACETS = ["find", "status", "stage", "tag", "year", "step"]
/** How many designs are laid out at once, as many as a window of this height can show; and how many follow at a time. */
const first = () => Math.max(12, Math.ceil(innerHeight / 75))
const NEXT = 24
/** For how many milliseconds nobody types before the rest follows. */
const PAUSE = 250
const LABELS = { find: "Find", status: "Status", stage: "Stage", tag: "Tag", year: "Year", step: "Step" }

/** What is known of each design, read once. */
function designsOf(list) {
  return [...list.querySelectorAll(".dp-card")].map((card, place) => ({
    card,
    place,
    title: card.querySelector(".dp-card__title").textContent.trim(),
    text: card.textContent.toLowerCase(),
    status: card.dataset.dpStatus,
    stage: card.dataset.dpStage,
    year: card.dataset.dpYear,
    date: card.dataset.dpDate,
    done: Number(card.dataset.dpDone),
    steps: card.dataset.dpSteps.split(" "),
    tags: new Set([...card.querySelectorAll(".dp-tag")].map((tag) => tag.textContent)),
  }))
}

const ORDERS = {
  "": (a, b) => a.place - b.place,
  oldest: (a, b) => (a.date || "9").localeCompare(b.date || "9") || a.place - b.place,
  title: (a, b) => a.title.localeCompare(b.title),
  progress: (a, b) => b.done - a.done || a.place - b.place,
}

/** The condition that each facet sets: a test of one design, for those that are set. */
function conditionsOf(form) {
  const value = (name) => form.elements[name]?.value ?? ""
  const conditions = {}
  const words = value("find").toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length) conditions.find = (design) => words.every((word) => design.text.includes(word))
  for (const name of ["status", "stage", "year"])
    if (value(name)) conditions[name] = (design) => design[name] === value(name)
  if (value("tag")) conditions.tag = (design) => design.tags.has(value("tag"))
  if (value("step")) {
    const at = form.elements.step.selectedIndex - 1
    conditions.step = (design) => design.steps[at] === value("state")
  }
  return conditions
}

/** The options of a facet that a design counts for. */
const OPTIONS = {
  status: (design) => [design.status],
  stage: (design) => [design.stage],
  year: (design) => [design.year],
  tag: (design) => design.tags,
}

class Filter {
  constructor(form) {
    this.form = form
    this.list = form.parentElement.querySelector(".dp-cards")
    this.designs = designsOf(this.list)
    this.ordered = { "": this.designs }
    this.shown = this.designs
    this.rest = []
    form.addEventListener("input", () => this.changed())
    addEventListener("beforeprint", () => this.lay(Infinity))
    form.addEventListener("submit", (event) => event.preventDefault())
    form.addEventListener("reset", (event) => {
      event.preventDefault()
      const view = form.elements.view.value
      for (const field of form.elements) if (field.name && field.type !== "radio") field.selectedIndex === undefined ? (field.value = "") : (field.selectedIndex = 0)
      form.elements.view.value = view
      this.changed()
      form.elements.find.focus()
    })
    // What was chosen before this script was here stays, where the address asks for nothing.
    if (location.search) {
      this.read()
      this.apply()
    } else this.changed()
  }

  /** Take the conditions from the address. */
  read() {
    const asked = new URLSearchParams(location.search)
    for (const name of [...FACETS, "state", "sort", "view"]) {
      const field = this.form.elements[name]
      const value = asked.get(name) ?? ""
      if (!field) continue
      if (field.options) {
        field.value = value
        if (field.selectedIndex < 0) field.selectedIndex = 0
      } else field.value = value
    }
    if (!this.form.querySelector("[name=view]:checked")) this.form.elements.view.value = ""
  }

  changed() {
    this.apply()
    const asked = new URLSearchParams()
    const value = (name) => this.form.elements[name]?.value ?? ""
    for (const name of FACETS) if (value(name)) asked.set(name, value(name))
    if (value("step")) asked.set("state", value("state"))
    for (const name of ["sort", "view"]) if (value(name)) asked.set(name, value(name))
    const query = asked.toString()
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`)
  }

  apply() {
    const conditions = conditionsOf(this.form)
    const names = Object.keys(conditions)
    this.left = { all: [] }
    for (const name of names) this.left[name] = []
    for (const design of this.inOrder()) {
      const failed = names.find((name) => !conditions[name](design))
      if (!failed) this.left.all.push(design)
      else if (names.findLast((name) => !conditions[name](design)) === failed) this.left[failed].push(design)
    }
    this.show(this.left.all)
    this.list.classList.toggle("dp-cards--table", this.form.elements.view.value === "table")
    this.form.elements.state.parentElement.hidden = !this.form.elements.step.value
    this.tell(this.left.all.length, names)
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.follow(), PAUSE)
  }

  /** Do what can wait until the reader has seen the answer and types no more. */
  follow() {
    if (this.left) this.count(this.left)
    this.left = null
    if (this.rest.length) {
      this.lay(NEXT)
      this.waiting = setTimeout(() => this.follow(), 20)
    }
  }

  inOrder() {
    const order = this.form.elements.sort.value
    return (this.ordered[order] ??= [...this.designs].sort(ORDERS[order] ?? ORDERS[""]))
  }

  /** Have these designs in the list, in this order: the first of them now. */
  show(designs) {
    if (designs.length === this.shown.length && designs.every((design, at) => design === this.shown[at])) return
    this.shown = designs
    const now = designs.slice(0, first()).map((design) => design.card)
    this.rest = designs.slice(now.length)
    const wanted = new Set(now)
    const gone = [...this.list.children].filter((card) => !wanted.has(card))
    if (gone.length > NEXT) this.list.replaceChildren(...[...this.list.children].filter((card) => wanted.has(card)))
    else gone.forEach((card) => card.remove())
    let next = this.list.firstElementChild
    for (const card of now) {
      if (card === next) next = next.nextElementSibling
      else this.list.insertBefore(card, next)
    }
  }

  /** Put so many of those that are left at the end of the list. */
  lay(count) {
    this.list.append(...this.rest.splice(0, count).map((design) => design.card))
  }

  /** Say beside each option how many designs it would leave, with all the other conditions kept. */
  count(left) {
    for (const [name, optionsOf] of Object.entries(OPTIONS)) {
      const field = this.form.elements[name]
      if (!field) continue
      const counts = new Map()
      for (const design of left[name] ? [...left.all, ...left[name]] : left.all)
        for (const option of optionsOf(design)) counts.set(option, (counts.get(option) ?? 0) + 1)
      for (const option of field.options) {
        if (!option.value) continue
        const text = `${option.dataset.dpLabel} (${counts.get(option.value) ?? 0})`
        if (option.textContent !== text) option.textContent = text
      }
    }
  }

  tell(count, names) {
    const form = this.form
    const all = this.designs.length
    const text = `${count} of ${all} ${all === 1 ? "design" : "designs"}`
    const status = form.querySelector("[role=status]")
    if (status.textContent !== text) status.textContent = text
    form.querySelector("[type=reset]").hidden = !names.length
    form.querySelector(".dp-filter__none").hidden = count > 0
    const chips = form.querySelector(".dp-filter__chips")
    const key = names.map((name) => `${name}=${form.elements[name].value}${name === "step" ? form.elements.state.value : ""}`).join("&")
    if (chips.dataset.dpKey === key) return
    chips.dataset.dpKey = key
    chips.replaceChildren(...names.map((name) => this.chip(name)))
  }

  /** A condition that is set, as a button that takes it away. */
  chip(name) {
    const field = this.form.elements[name]
    const option = field.selectedOptions?.[0]
    const state = name === "step" ? ` is ${this.form.elements.state.selectedOptions[0].textContent.toLowerCase()}` : ""
    const value = option ? option.dataset.dpLabel ?? option.textContent : `“${field.value}”`
    const chip = document.createElement("button")
    chip.type = "button"
    chip.className = "dp-button"
    chip.textContent = `${LABELS[name]}: ${value}${state} ×`
    chip.setAttribute("aria-label", `Take away the condition ${LABELS[name]}: ${value}${state}`)
    chip.addEventListener("click", () => {
      field.value = ""
      this.changed()
      field.focus()
    })
    return chip
  }
}

/** Bring the filter to life where there is one. */
export function enliven() {
  const form = document.querySelector(".dp-filter")
  if (form && !form.dpFilter) form.dpFilter = new Filter(form)
}
