/* Orders what Material's search found by kind, and says beside a design how finished it is. */

const GROUPS = { design: "Designs", note: "Notes", roadmap: "Roadmap", review: "Reviews", index: "Overviews", page: "Other pages" }
const base = new URL("../../", import.meta.url)
const kinds = fetch(new URL("search/kinds.json", base)).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}))

function known(item, found) {
  const link = item.querySelector(".md-search-result__link")
  const path = link ? new URL(link.href).pathname : ""
  return (path.startsWith(base.pathname) && found[path.slice(base.pathname.length) || "./"]) || ["page"]
}

function group(list, found) {
  list.querySelectorAll(".dp-search-group").forEach((heading) => heading.remove())
  const groups = new Map()
  for (const item of list.children) {
    const [kind, status, label] = known(item, found)
    if (status) mark(item, status, label)
    item.querySelectorAll("nav.md-tags").forEach((tags) => tags.setAttribute("role", "presentation")) // they lead nowhere
    groups.set(kind, [...(groups.get(kind) ?? []), item])
  }
  for (const [kind, items] of groups) {
    const heading = document.createElement("li")
    heading.className = "dp-search-group"
    heading.textContent = GROUPS[kind] ?? GROUPS.page
    list.append(heading, ...items)
  }
}

function mark(item, status, label) {
  const title = item.querySelector(".md-search-result__article h1, .md-search-result__article h2")
  if (!title || title.querySelector(".dp-status")) return
  const mark = document.createElement("span")
  mark.className = `dp-status dp-status--${status}`
  mark.textContent = label
  title.append(" ", mark)
}

/** Watch the list of results. */
export async function enliven() {
  const list = document.querySelector(".md-search-result__list")
  if (!list || list.dpGrouped) return
  list.dpGrouped = true
  const found = await kinds
  const watch = new MutationObserver(() => regroup())
  function regroup() {
    watch.disconnect()
    if (list.children.length) group(list, found)
    watch.observe(list, { childList: true })
  }
  regroup()
}
