/* Lays two to four designs side by side, step by step: the text is taken from their own pages. Which are chosen
   stands in the address. */

const MOST = 4
const pages = new Map()

/** The page of a design, as a document; asked for once. */
function pageOf(address) {
  if (!pages.has(address)) {
    const page = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`)
      return answer.text()
    })
    pages.set(address, page.then((html) => new DOMParser().parseFromString(html, "text/html")))
    page.catch(() => pages.delete(address))
  }
  return pages.get(address)
}

/** What stands between a heading and the next one of its level or above, ready to stand elsewhere. */
function sectionOf(page, anchor, address) {
  const heading = anchor && page.getElementById(anchor)
  const nodes = []
  const level = heading ? Number(heading.tagName[1]) : 0
  for (let node = heading?.nextElementSibling; node; node = node.nextElementSibling) {
    if (/^H[1-6]$/.test(node.tagName) && Number(node.tagName[1]) <= level) break
    if (node.matches(".dp-coach, .dp-connections, .footnote")) continue
    nodes.push(document.importNode(node, true))
  }
  return nodes.map((node) => made(node, address))
}

function made(node, address) {
  const whole = document.createElement("div")
  whole.append(node)
  whole.querySelectorAll(".headerlink, .dp-badge, .dp-coach, script").forEach((part) => part.remove())
  whole.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"))
  whole.querySelectorAll("[data-dp-source]").forEach((part) => part.removeAttribute("data-dp-source"))
  for (const name of ["href", "src"])
    whole.querySelectorAll(`[${name}]`).forEach((part) => part.setAttribute(name, new URL(part.getAttribute(name), address).href))
  whole.querySelectorAll("h1, h2, h3, h4, h5, h6").forEach((heading) => {
    const text = element("p", "dp-sides__heading")
    text.append(...heading.childNodes)
    heading.replaceWith(text)
  })
  return whole.firstElementChild ?? document.createTextNode("")
}

function element(tag, name, text = "") {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = text
  return made
}

class Comparison {
  constructor(matrix) {
    this.matrix = matrix
    this.sides = matrix.querySelector(".dp-sides")
    this.told = matrix.querySelector(".dp-matrix__chosen")
    this.boxes = [...matrix.querySelectorAll(".dp-matrix__choice")]
    this.steps = [...matrix.querySelectorAll(".dp-matrix__name")].map((name) => name.textContent)
    const asked = new URLSearchParams(location.search).getAll("design").slice(0, MOST)
    this.boxes.forEach((box) => {
      box.checked ||= asked.includes(box.value)
      box.addEventListener("change", () => this.changed())
    })
    this.show()
  }

  get chosen() {
    return this.boxes.filter((box) => box.checked)
  }

  changed() {
    const asked = new URLSearchParams(this.chosen.map((box) => ["design", box.value]))
    history.replaceState(history.state, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`)
    this.show()
  }

  async show() {
    const chosen = this.chosen
    const full = chosen.length === MOST
    this.boxes.forEach((box) => { box.disabled = full && !box.checked })
    const showing = (this.showing = Symbol("showing"))
    if (chosen.length < 2) {
      this.told.textContent = chosen.length ? "One design chosen: choose another." : ""
      this.sides.hidden = true
      return
    }
    const designs = chosen.map((box) => this.design(box))
    try {
      const found = await Promise.all(designs.map((design) => pageOf(design.address)))
      if (this.showing !== showing) return
      this.lay(designs, found)
      this.told.textContent = `${chosen.length} designs side by side${full ? ": no more fit" : ""}.`
    } catch {
      if (this.showing === showing) this.told.textContent = "Their pages cannot be read; follow the signs above to each of them."
    }
  }

  design(box) {
    const row = box.closest("tr")
    const link = row.querySelector(".dp-matrix__link")
    const cells = [...row.querySelectorAll("td")].map((cell) => ({
      anchor: decodeURIComponent(cell.querySelector("a")?.hash.slice(1) ?? ""),
      state: cell.textContent.trim(),
    }))
    return { title: link.textContent, address: link.href, cells }
  }

  lay(designs, found) {
    this.sides.style.setProperty("--dp-sides", designs.length)
    this.sides.replaceChildren(...this.steps.map((step, at) => {
      const part = element("section", "dp-sides__part")
      const row = element("div", "dp-sides__row")
      row.append(...designs.map((design, side) => this.side(design, found[side], at)))
      part.append(element("h2", "dp-sides__step", `${at + 1} ${step}`), row)
      return part
    }))
    this.sides.hidden = false
  }

  side(design, page, at) {
    const { anchor, state } = design.cells[at]
    const side = element("div", "dp-sides__side")
    const title = element("h3", "dp-sides__title")
    const link = element("a", "dp-sides__link", design.title)
    link.href = anchor ? `${design.address}#${anchor}` : design.address
    title.append(link, element("span", "dp-sides__state", state))
    const parts = sectionOf(page, anchor, design.address)
    side.append(title, ...(parts.length ? parts : [element("p", "dp-empty", "Nothing here yet.")]))
    return side
  }
}

/** Bring the comparison to life where there is one. */
export function enliven() {
  const matrix = document.querySelector(".dp-matrix")
  if (matrix && matrix.querySelector(".dp-sides") && !matrix.dpComparison) matrix.dpComparison = new Comparison(matrix)
}
