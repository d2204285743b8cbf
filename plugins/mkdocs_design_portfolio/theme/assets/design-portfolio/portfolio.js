/* The portfolio's behaviour: definitions of concepts on hover and focus, the map, the coach's levels as
   tabs. Everything it adds is a convenience; each page says the same without it. */
(() => {
  "use strict"

  // Concepts: WCAG 1.4.13 asks that such content can be dismissed, hovered, and stays until then.

  const tooltip = document.createElement("div")
  tooltip.id = "dp-tooltip"
  tooltip.className = "dp-tooltip"
  tooltip.setAttribute("role", "tooltip")
  tooltip.hidden = true
  let owner = null
  let closing = 0

  const conceptOf = (event) => event.target.closest?.(".dp-concept[data-dp-definition]") ?? null

  function open(link) {
    clearTimeout(closing)
    if (owner === link) return
    close()
    owner = link
    tooltip.textContent = link.dataset.dpDefinition
    document.body.append(tooltip)
    tooltip.hidden = false
    link.setAttribute("aria-describedby", tooltip.id)
    place()
  }

  function place() {
    const line = owner.getClientRects()[0] ?? owner.getBoundingClientRect()
    const { width, height } = tooltip.getBoundingClientRect()
    const left = Math.max(8, Math.min(line.left + line.width / 2 - width / 2, innerWidth - width - 8))
    const above = line.top - height - 8
    tooltip.style.left = `${left}px`
    tooltip.style.top = `${above >= 8 ? above : line.bottom + 8}px`
  }

  function close() {
    clearTimeout(closing)
    owner?.removeAttribute("aria-describedby")
    owner = null
    tooltip.hidden = true
  }

  function closeSoon() {
    clearTimeout(closing)
    closing = setTimeout(close, 200)
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return
    const link = conceptOf(event)
    if (link) open(link)
    else if (event.target === tooltip) clearTimeout(closing)
    else if (owner && document.activeElement !== owner) closeSoon()
  })
  document.addEventListener("focusin", (event) => {
    const link = conceptOf(event)
    if (link?.matches(":focus-visible")) open(link)
    else if (owner) close()
  })
  document.addEventListener("focusout", () => owner && close())
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) close()
  })
  document.addEventListener("click", () => owner && close(), true)
  addEventListener("scroll", () => owner && place(), { passive: true, capture: true })

  // The map: what is joined to the node at hand stands out; it can be drawn larger and smaller.

  function light(node) {
    const map = node.closest(".dp-graph__map")
    const near = new Set([node.id])
    for (const edge of map.querySelectorAll(".dp-graph__edge")) {
      const { from, to } = edge.dataset
      const joined = from === node.id || to === node.id
      edge.classList.toggle("dp-graph__edge--lit", joined)
      if (joined) near.add(from).add(to)
    }
    map.classList.add("dp-graph__map--lit")
    for (const other of map.querySelectorAll(".dp-graph__node"))
      other.classList.toggle("dp-graph__node--lit", near.has(other.id))
  }

  function unlight(node) {
    const map = node.closest(".dp-graph__map")
    map.classList.remove("dp-graph__map--lit")
    for (const lit of map.querySelectorAll(".dp-graph__edge--lit")) lit.classList.remove("dp-graph__edge--lit")
  }

  for (const [start, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(start, (event) => {
      const node = event.target.closest?.(".dp-graph__node")
      if (node) light(node)
    })
    document.addEventListener(end, (event) => {
      const node = event.target.closest?.(".dp-graph__node")
      if (node) unlight(node)
    })
  }

  function zoom(button) {
    const graph = button.closest(".dp-graph")
    const map = graph.querySelector(".dp-graph__map")
    const { width, height } = map.viewBox.baseVal
    const now = map.getBoundingClientRect().width / width
    const fit = graph.querySelector(".dp-graph__frame").clientWidth / width
    const scale = { in: Math.min(3, now * 1.25), out: Math.max(0.2, now / 1.25), fit }[button.dataset.dpZoom]
    map.setAttribute("width", Math.round(width * scale))
    map.setAttribute("height", Math.round(height * scale))
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-dp-zoom]")
    if (button) zoom(button)
  })

  // Tools that need this script are shown by it, also after the theme replaced the page.
  const reveal = () => document.querySelectorAll(".dp-graph__tools[hidden]").forEach((tools) => { tools.hidden = false })
  reveal()
  globalThis.document$?.subscribe(reveal)

  // Coach: the levels become tabs (ARIA's pattern, chosen with the arrows), and the choice is remembered.

  const LEVEL = "design-portfolio-level"

  function remembered() {
    try { return localStorage.getItem(LEVEL) } catch { return null }
  }

  function choose(level, focused) {
    try { localStorage.setItem(LEVEL, level) } catch { /* a reader may forbid it */ }
    document.querySelectorAll(".dp-levels").forEach((levels) => show(levels, level))
    focused?.focus()
  }

  function show(levels, level) {
    const panels = [...levels.querySelectorAll(".dp-levels__level")]
    const chosen = panels.find((panel) => panel.dataset.dpLevel === level) ?? panels[0]
    panels.forEach((panel) => { panel.hidden = panel !== chosen })
    levels.querySelectorAll("[role=tab]").forEach((tab) => {
      const selected = tab.getAttribute("aria-controls") === chosen.id
      tab.setAttribute("aria-selected", selected)
      tab.tabIndex = selected ? 0 : -1
    })
  }

  function tabs(levels) {
    const list = document.createElement("div")
    list.className = "dp-levels__tabs"
    list.setAttribute("role", "tablist")
    list.setAttribute("aria-labelledby", levels.dataset.dpLabelledby)
    levels.querySelectorAll(".dp-levels__level").forEach((panel) => {
      const tab = document.createElement("button")
      Object.assign(tab, { type: "button", id: `${panel.id}-tab`, textContent: panel.querySelector(".dp-levels__name").textContent })
      tab.className = "dp-levels__tab"
      tab.setAttribute("role", "tab")
      tab.setAttribute("aria-controls", panel.id)
      tab.addEventListener("click", () => choose(panel.dataset.dpLevel))
      panel.setAttribute("role", "tabpanel")
      panel.setAttribute("aria-labelledby", tab.id)
      panel.tabIndex = 0
      list.append(tab)
    })
    list.addEventListener("keydown", (event) => {
      const all = [...list.children]
      const now = all.indexOf(event.target)
      const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: -1 }[event.key]
      if (next === undefined || now < 0) return
      event.preventDefault()
      const tab = all.at(next % all.length)
      choose(document.getElementById(tab.getAttribute("aria-controls")).dataset.dpLevel, tab)
    })
    levels.prepend(list)
    levels.classList.add("dp-levels--tabbed")
    show(levels, remembered())
  }

  const coach = () => document.querySelectorAll(".dp-levels:not(.dp-levels--tabbed)").forEach(tabs)
  coach()
  globalThis.document$?.subscribe(coach)

  // Rail: the step that one reads is marked in it, and named.

  const rail = () => document.querySelector(".dp-rail")

  function follow() {
    const bar = rail()
    if (!bar) return
    const header = document.querySelector(".md-header")
    const top = header && getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0
    bar.style.setProperty("--dp-rail-top", `${top}px`)
    const line = top + bar.offsetHeight + 24
    const links = [...bar.querySelectorAll("a.dp-rail__link")]
    const passed = links.filter((link) => {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))
      return heading && heading.getBoundingClientRect().top <= line
    })
    const current = passed.at(-1)
    if (bar.current === current && bar.known) return
    bar.current = current
    bar.known = true
    const here = bar.querySelector(".dp-rail__here")
    here.dataset.dpCount ??= here.textContent
    links.forEach((link) => (link === current ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current")))
    here.textContent = current ? current.textContent.trim() : here.dataset.dpCount
    here.classList.toggle("dp-rail__here--step", Boolean(current))
  }

  let waiting = false
  function followSoon() {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      follow()
    })
  }
  addEventListener("scroll", followSoon, { passive: true })
  addEventListener("resize", followSoon, { passive: true })
  new ResizeObserver(followSoon).observe(document.body)
  follow()
  globalThis.document$?.subscribe(follow)

  // A page that is not there: the search is opened with the words of the address.

  const offer = () => document.querySelectorAll(".dp-not-found__search[hidden]").forEach((button) => {
    button.hidden = false
    button.addEventListener("click", () => {
      const words = decodeURIComponent(location.pathname).split("/").filter(Boolean).at(-1) ?? ""
      document.querySelector("[data-md-toggle=search]").click()
      const query = document.querySelector("[data-md-component=search-query]")
      query.value = words.replace(/\.html$|\d{4}-\d\d-\d\d/g, "").replace(/[-_]+/g, " ").trim()
      query.dispatchEvent(new Event("input", { bubbles: true }))
      query.dispatchEvent(new Event("keyup", { bubbles: true }))
      query.focus()
    })
  })
  offer()
  globalThis.document$?.subscribe(offer)

  // The search's results are grouped once it is used.

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("[data-md-component=search-query]")) import("./search.js").then(({ enliven }) => enliven())
  })

  import("./names.js").then(({ enliven }) => enliven())

  // What only some pages need is loaded by those.

  const modules = {
    ".dp-capacity": "./capacity-table.js",
    ".dp-diagram": "./diagram.js",
    ".dp-filter": "./filter.js",
    ".dp-matrix": "./compare.js",
  }

  const load = () => {
    for (const [block, file] of Object.entries(modules))
      if (document.querySelector(block)) import(file).then(({ enliven }) => enliven())
  }
  load()
  globalThis.document$?.subscribe(load)
})()
