/* Lets a reader change what a capacity block assumes. The page says the same without it: every number
   that the author published is in the table, and comes back with Escape or the reset button. */
import { calculate, shownNumber } from "./capacity.js"

const SCALES = { 1e3: "thousand", 1e6: "million", 1e9: "billion", 1e12: "trillion" }

export function enliven() {
  const blocks = [...document.querySelectorAll(".dp-capacity[data-dp-source]")]
  if (!blocks.length || blocks[0].dataset.dpAlive) return
  const language = JSON.parse(blocks.find((block) => block.dataset.dpLanguage).dataset.dpLanguage)
  blocks.forEach((block) => { block.dataset.dpAlive = "true" })
  new Sheet(language, blocks, [...document.querySelectorAll(".dp-quantity[data-dp-source]")])
}

class Sheet {
  constructor(language, blocks, spans) {
    this.language = language
    this.blocks = blocks
    this.sources = blocks.map((block) => block.dataset.dpSource)
    this.spans = spans
    this.changes = {}
    this.published = this.calculate()
    this.rows = blocks.flatMap((block) => [...block.querySelectorAll(".dp-capacity__row")])
    if (this.rows.length !== this.published.rows.length) return
    this.fields = []
    this.published.rows.forEach((row, index) => { if (row.assumed) this.addField(row, this.rows[index]) })
    if (this.fields.length) this.tools = blocks.map((block) => this.addTools(block))
  }

  calculate() {
    const spans = this.spans.map((span) => span.dataset.dpSource)
    return calculate(this.language, this.sources, spans, this.changes)
  }

  // fields ---------------------------------------------------------------------------------------

  addField(row, element) {
    const { unit, scale } = row.assumed
    const ends = row.low === row.high ? ["low"] : ["low", "high"]
    const inUnit = (value) => Number((value / unit.factor / scale).toPrecision(12))
    const suffix = [SCALES[scale], unit.text].filter(Boolean).join(" ").replace(/ \//, "/")
    const parts = ends.map((end) => {
      const input = document.createElement("input")
      Object.assign(input, { type: "number", step: "any", className: "dp-capacity__field" })
      input.inputMode = "decimal"
      input.defaultValue = inUnit(row[end])
      const which = ends.length > 1 ? `, ${end === "low" ? "at least" : "at most"}` : ""
      input.setAttribute("aria-label", `${row.name}${suffix && ` in ${suffix}`}${which}`)
      input.style.width = `${Math.max(3, input.value.length) + 2}ch`
      const field = { input, row, end, factor: unit.factor * scale }
      input.addEventListener("input", () => this.change())
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return
        event.stopPropagation()
        input.value = input.defaultValue
        this.change()
      })
      this.fields.push(field)
      return input
    })
    const number = element.querySelector(".dp-capacity__number")
    number.replaceChildren(...parts.flatMap((part, index) => (index ? [" to ", part] : [part])), suffix && ` ${suffix}`)
  }

  addTools(block) {
    const tools = document.createElement("p")
    tools.className = "dp-capacity__tools"
    const status = document.createElement("span")
    status.setAttribute("role", "status")
    const reset = document.createElement("button")
    Object.assign(reset, { type: "button", className: "dp-capacity__reset", textContent: "Reset", hidden: true })
    reset.addEventListener("click", () => {
      const [first] = this.fields
      this.fields.forEach(({ input }) => { input.value = input.defaultValue })
      this.change()
      first.input.focus()
    })
    status.textContent = "Change an assumption to see what follows; Escape takes it back."
    tools.append(status, " ", reset)
    block.append(tools)
    return { status, reset }
  }

  change() {
    this.changes = {}
    let wrong = 0
    for (const { input, row, end, factor } of this.fields) {
      const value = input.value === "" ? NaN : Number(input.value)
      const bad = !Number.isFinite(value)
      input.toggleAttribute("aria-invalid", bad)
      wrong += bad
      if (bad || input.value === input.defaultValue) continue
      this.changes[row.key] ??= { low: row.low, high: row.high }
      this.changes[row.key][end] = value * factor
      if (row.low === row.high) this.changes[row.key].high = value * factor
    }
    for (const range of Object.values(this.changes)) {
      if (range.low > range.high) [range.low, range.high] = [range.high, range.low]
    }
    this.show(wrong)
  }

  // results --------------------------------------------------------------------------------------

  show(wrong) {
    const now = this.calculate()
    let changed = 0
    now.rows.forEach((row, index) => {
      const before = this.published.rows[index]
      const differs = row.low !== before.low || row.high !== before.high
      changed += differs && !before.assumed
      this.showRow(this.rows[index], row, before, differs)
    })
    now.spans.forEach((span, index) => this.showSpan(this.spans[index], span, this.published.spans[index]))
    const touched = Object.keys(this.changes).length
    const results = `${changed} ${changed === 1 ? "result differs" : "results differ"} from what the author published.`
    const invalid = wrong ? " A field holds no number, so the author's is used." : ""
    for (const { status, reset } of this.tools) {
      status.textContent = touched ? results + invalid : invalid.trim() || "As the author published it."
      reset.hidden = !touched && !wrong
    }
  }

  showRow(element, row, before, differs) {
    element.classList.toggle("dp-capacity__row--changed", differs)
    const claim = element.querySelector(".dp-claim")
    if (claim) claim.classList.toggle("dp-claim--idle", differs)
    if (before.low === null) return
    const sum = element.querySelector(".dp-capacity__sum")
    sum.dataset.dpText ??= sum.textContent
    if (before.assumed) sum.textContent = (differs && timesAuthors(row, before)) || sum.dataset.dpText
    else sum.textContent = row.working || sum.dataset.dpText
    if (before.assumed) return
    const number = element.querySelector(".dp-capacity__number")
    number.textContent = row.text ?? "—"
    if (differs) {
      const was = document.createElement("span")
      was.className = "dp-capacity__was"
      was.textContent = `was ${before.text}`
      number.append(" ", was)
    }
  }

  showSpan(element, span, before) {
    const differs = span.low !== before.low || span.high !== before.high
    element.classList.toggle("dp-quantity--changed", differs)
    const text = element.querySelector(".dp-quantity__text")
    element.dataset.dpText ??= text.textContent
    text.textContent = differs ? span.text ?? "—" : element.dataset.dpText
  }
}

function timesAuthors(row, before) {
  if (before.low !== before.high || !before.low) return "changed"
  return `${shownNumber(row.low / before.low, 3)} times the author's`
}
