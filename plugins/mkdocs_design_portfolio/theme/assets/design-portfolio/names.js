/* Gives a name to what Material leaves without one, and the keyboard a way into what scrolls: found by axe-core. */

const name = (part, text) => part.hasAttribute("aria-label") || part.setAttribute("aria-label", text)

function nameAll() {
  const search = document.querySelector(".md-search[role=dialog]")
  if (search) name(search, search.querySelector("input")?.placeholder || "Search")
  document.querySelector("nav.md-search__options")?.setAttribute("aria-label", "Search options")
  document.querySelectorAll("nav.md-path").forEach((path) => path.setAttribute("aria-label", "Breadcrumb"))
  for (const nav of document.querySelectorAll("nav.md-nav[aria-labelledby]")) {
    const label = document.getElementById(nav.getAttribute("aria-labelledby"))
    const title = nav.querySelector(".md-nav__title")?.textContent.trim()
    if (!title || label?.textContent.trim()) continue
    nav.removeAttribute("aria-labelledby")
    name(nav, title)
    if (label) name(label, title)
  }
  document.querySelectorAll(".task-list-control input").forEach((box) => name(box, box.checked ? "Completed" : "Not completed"))
  document.querySelectorAll("nav.md-code__nav").forEach((nav, at) => name(nav, `Code ${at + 1}`))
  const scrolls = ".md-typeset__scrollwrap, .md-typeset pre > code, .dp-sides__side table"
  document.querySelectorAll(scrolls).forEach((part) => {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0
  })
}

let waiting = 0
function nameSoon() {
  clearTimeout(waiting)
  waiting = setTimeout(nameAll, 50)
}

/** Name what is there now and what comes later: Material wraps tables and code when they come into view. */
export function enliven() {
  nameAll()
  new MutationObserver(nameSoon).observe(document.body, { childList: true, subtree: true })
  addEventListener("resize", nameSoon, { passive: true })
}
