/* A drawing in a frame, which can be zoomed, moved and shown on the whole screen. */

const LEAST = 0.1
const MOST = 8
const STEP = 1.25
const PACE = 60
const BAR = 40
const ICONS = {
  in: "M8 3v10M3 8h10",
  out: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  full: "M9.5 2.5h4v4M13 3 9 7M6.5 13.5h-4v-4M3 13l4-4",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
}

export class View {
  constructor(figure, svg) {
    this.figure = figure
    this.name = figure.dataset.dpName
    const { width, height } = svg.viewBox.baseVal
    this.size = { width: width || svg.width.baseVal.value || 300, height: height || svg.height.baseVal.value || 150 }
    this.x = this.y = 0
    this.scale = 1
    this.fitted = true
    this.pointers = new Map()
    this.build()
  }

  build() {
    this.element = make("div", "dp-diagram__view")
    this.frame = make("div", "dp-diagram__frame", {
      tabIndex: 0, role: "group", "aria-label": `${this.name}: plus and minus zoom, the arrows move, 0 shows all`,
    })
    this.status = make("span", "dp-diagram__status", { role: "status" })
    this.tools = make("div", "dp-diagram__tools", { role: "group", "aria-label": `Size of the diagram ${this.name}` })
    const buttons = [
      ["out", "Zoom out", () => this.zoom(1 / STEP)],
      ["in", "Zoom in", () => this.zoom(STEP)],
      ["fit", "Show all", () => this.fit()],
      ["full", "Full screen", () => this.toggle()],
    ]
    this.tools.append(this.status, ...buttons.map(([icon, label, act]) => {
      const button = make("button", "dp-diagram__button", { type: "button", "aria-label": label, title: label })
      button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="${ICONS[icon]}"/></svg>`
      button.addEventListener("click", act)
      if (icon === "full") this.full = button
      return button
    }))
    this.element.append(this.frame, this.tools)
    this.frame.addEventListener("keydown", (event) => this.key(event))
    this.frame.addEventListener("wheel", (event) => this.wheel(event), { passive: false })
    for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel"])
      this.frame.addEventListener(type, (event) => this[type](event))
    this.frame.addEventListener("click", (event) => { if (this.moved) event.preventDefault() }, true)
    this.frame.addEventListener("dragstart", (event) => event.preventDefault())
    this.frame.addEventListener("scroll", () => this.frame.scrollTo(0, 0)) // a link in it that gets the focus
  }

  /** Adds a drawing of the same diagram, in other colours. */
  add(svg) {
    svg.classList.add("dp-diagram__drawing")
    svg.style.setProperty("--dp-natural", `${Math.ceil(this.size.width)}px`)
    this.frame.append(svg)
    this.place()
  }

  /** Follows the size of the frame. */
  watch() {
    new ResizeObserver(() => {
      if (this.fitted) this.fit({ quiet: true })
      else this.place()
    }).observe(this.frame)
  }

  // where it stands ------------------------------------------------------------------------------

  get room() {
    return { width: this.frame.clientWidth, height: this.frame.clientHeight - BAR }
  }

  fit({ quiet = false } = {}) {
    const { width, height } = this.room
    const most = this.dialog ? 2 : 1
    this.scale = Math.min(most, (width - 4) / this.size.width, (height - 4) / this.size.height)
    this.x = (width - this.size.width * this.scale) / 2
    this.y = BAR + (height - this.size.height * this.scale) / 2
    this.fitted = true
    this.place()
    this.say(quiet ? "" : "All of it is shown")
  }

  /* Keeps the point under the pointer, or the middle, where it is. */
  zoom(factor, at) {
    const { width, height } = this.room
    const [x, y] = at ?? [width / 2, BAR + height / 2]
    const scale = Math.min(MOST, Math.max(LEAST, this.scale * factor))
    this.x = x - (x - this.x) * (scale / this.scale)
    this.y = y - (y - this.y) * (scale / this.scale)
    this.scale = scale
    this.fitted = false
    this.place()
    this.say(`${Math.round(scale * 100)} %`)
  }

  move(x, y) {
    this.x += x
    this.y += y
    this.fitted = false
    this.place()
  }

  place() {
    const { width, height } = this.room
    const [wide, high] = [this.size.width * this.scale, this.size.height * this.scale]
    const rest = 40 // of the drawing stays in sight
    this.x = Math.min(width - rest, Math.max(rest - wide, this.x))
    this.y = Math.min(height + BAR - rest, Math.max(BAR + rest - high, this.y))
    this.frame.classList.toggle("dp-diagram__frame--moved", !this.fitted)
    for (const svg of this.frame.children) {
      svg.style.width = `${wide}px`
      svg.style.height = `${high}px`
      svg.style.transform = `translate(${this.x}px, ${this.y}px)`
    }
  }

  say(text) {
    this.status.textContent = text
  }

  // hands ----------------------------------------------------------------------------------------

  key(event) {
    if (event.target !== this.frame || event.ctrlKey || event.metaKey || event.altKey) return
    const acts = {
      "+": () => this.zoom(STEP), "=": () => this.zoom(STEP), "-": () => this.zoom(1 / STEP), "_": () => this.zoom(1 / STEP),
      0: () => this.fit(), ArrowLeft: () => this.move(PACE, 0), ArrowRight: () => this.move(-PACE, 0),
      ArrowUp: () => this.move(0, PACE), ArrowDown: () => this.move(0, -PACE), Enter: () => this.toggle(),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey && !this.dialog) return
    event.preventDefault()
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.004)), this.at(event))
  }

  at({ clientX, clientY }) {
    const { left, top } = this.frame.getBoundingClientRect()
    return [clientX - left, clientY - top]
  }

  pointerdown(event) {
    if (event.button) return
    if (!this.pointers.size) this.moved = false
    this.pointers.set(event.pointerId, this.at(event))
  }

  pointermove(event) {
    const before = this.pointers.get(event.pointerId)
    if (!before) return
    if (!event.buttons) { // let go of elsewhere
      this.pointers.delete(event.pointerId)
      return
    }
    const now = this.at(event)
    const [x, y] = [now[0] - before[0], now[1] - before[1]]
    if (!this.moved && Math.hypot(x, y) < 4) return
    const scrolls = event.pointerType === "touch" && this.fitted && !this.dialog && this.pointers.size === 1
    if (scrolls) return
    if (!this.moved) this.frame.setPointerCapture(event.pointerId)
    this.moved = true
    if (this.pointers.size === 1) this.move(x, y)
    else {
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1]
      const middle = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]
      const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1
      this.move(x / 2, y / 2)
      this.zoom(apart(now) / apart(before), middle)
    }
    this.pointers.set(event.pointerId, now)
  }

  pointerup(event) {
    this.pointers.delete(event.pointerId)
  }

  pointercancel(event) {
    this.pointers.delete(event.pointerId)
  }

  // the whole screen -----------------------------------------------------------------------------

  toggle() {
    if (this.dialog) this.dialog.close()
    else this.open()
  }

  open() {
    const focused = document.activeElement
    this.dialog = make("dialog", "dp-diagram__dialog", { "aria-label": `Diagram: ${this.name}` })
    this.figure.append(this.dialog)
    this.dialog.append(this.element)
    this.dialog.addEventListener("close", () => this.leave(), { once: true })
    this.dialog.showModal()
    this.press("close", "Leave full screen")
    ;(focused === this.full ? this.full : this.frame).focus()
    this.fit({ quiet: true })
  }

  leave() {
    const within = this.dialog.contains(document.activeElement) ? document.activeElement : this.full
    this.figure.querySelector(".dp-diagram__box").append(this.element)
    this.dialog.remove()
    this.dialog = null
    this.press("full", "Full screen")
    ;(this.element.contains(within) ? within : this.full).focus({ preventScroll: true })
    this.fit({ quiet: true })
  }

  press(icon, label) {
    this.full.querySelector("path").setAttribute("d", ICONS[icon])
    this.full.setAttribute("aria-label", label)
    this.full.title = label
  }
}

function make(tag, className, attributes = {}) {
  const element = document.createElement(tag)
  element.className = className
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "tabIndex") element.tabIndex = value
    else element.setAttribute(name, value)
  }
  return element
}
