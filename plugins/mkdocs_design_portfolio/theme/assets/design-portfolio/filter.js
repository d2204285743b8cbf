/* Narrows the index of designs down: what is asked for stands in the address, so that a view can be shared and the
   back button brings it back. Every design is on the page; what does not fit is hidden. */

// Not `q`: that one Material's search takes as its own.
const FACETS = ["find", "status", "stage", "tag", "year", "step"]
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
    shown: true,
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

/** How a design would count for an option of a facet. */
const HAS = {
  status: (design, value) => design.status === value,
  stage: (design, value) => design.stage === value,
  year: (design, value) => design.year === value,
  tag: (design, value) => design.tags.has(value),
}

class Filter {
  constructor(form) {
    this.form = form
    this.list = form.parentElement.querySelector(".dp-cards")
    this.designs = designsOf(this.list)
    this.order = ""
    form.addEventListener("input", () => this.changed())
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
    const left = { all: [] }
    for (const name of names) left[name] = []
    for (const design of this.designs) {
      const failed = names.filter((name) => !conditions[name](design))
      const shown = !failed.length
      if (shown) left.all.push(design)
      else if (failed.length === 1) left[failed[0]].push(design)
      if (shown !== design.shown) design.card.hidden = !shown
      design.shown = shown
    }
    this.count(left)
    this.sort()
    this.list.classList.toggle("dp-cards--table", this.form.elements.view.value === "table")
    this.form.elements.state.parentElement.hidden = !this.form.elements.step.value
    this.tell(left.all.length, names)
  }

  /** Say beside each option how many designs it would leave, with all the other conditions kept. */
  count(left) {
    for (const [name, has] of Object.entries(HAS)) {
      const field = this.form.elements[name]
      if (!field) continue
      const designs = left[name] ? [...left.all, ...left[name]] : left.all
      for (const option of field.options) {
        if (!option.value) continue
        const count = designs.reduce((sum, design) => sum + has(design, option.value), 0)
        const text = `${option.dataset.dpLabel} (${count})`
        if (option.textContent !== text) option.textContent = text
      }
    }
  }

  sort() {
    const order = this.form.elements.sort.value
    if (order === this.order) return
    this.order = order
    this.list.append(...[...this.designs].sort(ORDERS[order] ?? ORDERS[""]).map((design) => design.card))
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
