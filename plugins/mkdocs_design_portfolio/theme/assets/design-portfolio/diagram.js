/* Draws diagrams with Mermaid, which this site serves itself, and lets a reader look at them closely: by mouse, touch
   and keyboard. The page says the same without it: the source of each diagram, and what it shows in words. */
import { View } from "./diagram-view.js"
import { coloursOf } from "./diagram-colours.js"

const ENGINE = "./mermaid/mermaid.esm.min.js"
const views = new Map()
let engine = null
let queue = Promise.resolve()

/** Draws every diagram of the page that is not drawn yet, those near the reader first. */
export function enliven() {
  for (const figure of views.keys()) if (!figure.isConnected) views.delete(figure)
  const figures = [...document.querySelectorAll(".dp-diagram:not(.dp-diagram--broken):not([data-dp-state])")]
  const distance = (figure) => Math.abs(figure.getBoundingClientRect().top - innerHeight / 3)
  figures.sort((a, b) => distance(a) - distance(b))
  for (const figure of figures) {
    figure.dataset.dpState = "waiting"
    views.set(figure, new Drawing(figure, [...document.querySelectorAll(".dp-diagram")].indexOf(figure) + 1))
  }
  if (figures.length) load()
  enqueue(settled)
  redraw()
}

/* Waits until the page has gone to the heading that its address names, so that no drawing grows in between. */
async function settled() {
  if (document.readyState !== "complete")
    await Promise.race([new Promise((resolve) => addEventListener("load", resolve, { once: true })), pause(1500)])
  const seen = new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)) })
  await Promise.race([seen, pause(500)]) // a page in the background is never seen
}

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time) })

function load() {
  engine ??= import(ENGINE).then((module) => module.default)
  return engine
}

/* One after the other, first as the page is seen, then in light colours for paper. */
function redraw() {
  const dark = isDark()
  const all = [...views.values()]
  for (const drawing of all) enqueue(() => drawing.show(dark))
  if (dark) for (const drawing of all) enqueue(() => drawing.make(false))
}

function enqueue(work) {
  queue = queue.then(work).then(() => pause(0))
}

function isDark() {
  return coloursOf(document.body).dark
}

new MutationObserver(() => redraw()).observe(document.body, {
  attributes: true,
  attributeFilter: ["data-md-color-scheme", "data-md-color-primary", "data-md-color-accent"],
})

class Drawing {
  constructor(figure, number) {
    this.figure = figure
    this.id = `dp-diagram-${number}`
    this.source = figure.querySelector(".dp-diagram__source")
    this.text = this.source.textContent
    this.made = {}
  }

  /** Puts the drawing for a dark or a light page in its place. */
  async show(dark) {
    const { figure } = this
    if (!figure.isConnected || figure.dataset.dpState === "failed") return
    if (!(await this.make(dark))) return
    if (figure.dataset.dpState !== "drawn") {
      const view = this.view
      this.fit(view.size)
      figure.querySelector(".dp-diagram__words").append(this.source)
      figure.querySelector(".dp-diagram__box").append(view.element)
      figure.dataset.dpState = "drawn"
      view.watch()
    }
    figure.dataset.dpGround = dark ? "dark" : "light"
  }

  /** Makes the drawing for dark or light ground, unless there is one; returns whether there is one now. */
  async make(dark) {
    if (!this.figure.isConnected) return false
    const ground = dark ? "dark" : "light"
    if (this.made[ground]) return true
    try {
      const svg = await render(`${this.id}-${ground}`, this.text, this.figure, dark)
      svg.dataset.dpGround = ground
      name(svg, this.figure.dataset.dpName)
      this.view ??= new View(this.figure, svg)
      this.view.add(svg)
      this.made[ground] = true
      return true
    } catch (error) {
      if (!this.view) this.fail(error)
      return false
    }
  }

  /** Keeps the room that the page kept, or takes what the drawing needs where nothing that is seen would move. */
  fit({ width, height }) {
    const { top, bottom } = this.figure.getBoundingClientRect()
    if (top < 0 || (bottom < innerHeight && bottom > 0)) return
    this.figure.style.setProperty("--dp-diagram-width", Math.ceil(width))
    this.figure.style.setProperty("--dp-diagram-height", Math.ceil(height))
  }

  fail(error) {
    this.figure.dataset.dpState = "failed"
    const said = document.createElement("p")
    said.className = "dp-diagram__mistake"
    const what = String(error?.message ?? error).split("\n")[0]
    said.textContent = `This diagram cannot be drawn: ${what}`
    this.figure.querySelector(".dp-diagram__words").before(said)
  }
}

function name(svg, text) {
  svg.removeAttribute("aria-roledescription")
  svg.setAttribute("role", svg.querySelector("a") ? "group" : "img")
  svg.setAttribute("aria-label", `Diagram: ${text}`)
  for (const attribute of ["aria-labelledby", "aria-describedby"]) svg.removeAttribute(attribute)
  svg.querySelectorAll(":scope > title, :scope > desc").forEach((element) => element.remove())
}

async function render(id, text, figure, dark) {
  const mermaid = await load()
  const colours = coloursOf(figure, { dark })
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    logLevel: "fatal",
    deterministicIds: true,
    deterministicIDSeed: id,
    htmlLabels: false,
    flowchart: { htmlLabels: false, useMaxWidth: false },
    ...Object.fromEntries(WIDE.map((kind) => [kind, { useMaxWidth: false }])),
    class: { htmlLabels: false, useMaxWidth: false },
    theme: "base",
    darkMode: dark,
    fontFamily: getComputedStyle(figure).fontFamily,
    themeVariables: colours.variables,
    themeCSS: `.marker circle { fill: ${colours.variables.background} !important } .edgeLabel rect { opacity: 1 }`,
  })
  const stage = document.createElement("div")
  stage.className = "dp-diagram-stage"
  stage.setAttribute("aria-hidden", "true")
  document.body.append(stage)
  try {
    const { svg } = await mermaid.render(id, text, stage)
    const made = document.createElement("template")
    made.innerHTML = svg
    const drawn = made.content.querySelector("svg")
    drawn.removeAttribute("style")
    return colours.legible(drawn)
  } finally {
    stage.remove()
  }
}

const WIDE = ["sequence", "state", "er", "gantt", "journey", "timeline", "pie", "mindmap", "gitGraph", "c4", "quadrantChart", "requirement", "xyChart", "block", "sankey", "packet", "architecture", "kanban", "radar", "treemap"]
