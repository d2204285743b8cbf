/* The colours of diagrams: the page's own, as Mermaid wants them. */

const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true })

/* [red, green, blue] of a colour as it looks on a ground; any colour that CSS knows. */
function seen(colour, ground = [255, 255, 255]) {
  probe.clearRect(0, 0, 1, 1)
  probe.fillStyle = `rgb(${ground.join(" ")})`
  probe.fillRect(0, 0, 1, 1)
  probe.fillStyle = colour
  probe.fillRect(0, 0, 1, 1)
  return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3)
}

const mixed = (a, b, share) => a.map((part, index) => Math.round(part * (1 - share) + b[index] * share))
const hex = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/* The contrast of two colours, as WCAG has it. */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const BLACK = [20, 22, 26]
const WHITE = [255, 255, 255]
const readable = (colour, ground, least = 4.5) => {
  if (contrast(colour, ground) >= least) return colour
  return contrast(BLACK, ground) >= contrast(WHITE, ground) ? BLACK : WHITE
}

/* What the page's tokens come to, also for the scheme that it does not show now. */
function tokens(element, dark) {
  const here = document.createElement("div")
  here.hidden = true
  if (dark !== undefined && dark !== coloursOf(document.body).dark)
    here.setAttribute("data-md-color-scheme", dark ? "slate" : "default")
  element.append(here)
  const style = getComputedStyle(here)
  const found = (name, fallback) => style.getPropertyValue(name).trim() || fallback
  const ground = seen(found("--md-default-bg-color", "#fff"))
  const result = {
    ground,
    ink: seen(found("--md-default-fg-color", dark ? "#eee" : "#222"), ground),
    accent: seen(found("--md-typeset-a-color", "#3f51b5"), ground),
    note: seen(found("--dp-in-progress", "#b26a00"), ground),
  }
  here.remove()
  return result
}

/** The colours for an element, on the ground that it has or, with `dark`, on dark or light ground. */
export function coloursOf(element, { dark } = {}) {
  if (dark === undefined) {
    const ground = seen(getComputedStyle(element).getPropertyValue("--md-default-bg-color").trim() || "#fff")
    return { dark: luminance(ground) < 0.3 }
  }
  const { ground, ink, accent, note } = tokens(element, dark)
  const box = mixed(ground, accent, dark ? 0.22 : 0.09)
  const group = mixed(ground, ink, dark ? 0.06 : 0.035)
  const aside = mixed(ground, note, dark ? 0.22 : 0.13)
  const text = readable(ink, box, 7)
  const edge = readable(mixed(ground, accent, 0.75), ground, 3)
  const line = mixed(ground, ink, 0.72)
  const faint = mixed(ground, ink, 0.3)
  const scale = Array.from({ length: 12 }, (_, index) => {
    const [red, green, blue] = hue(index * 47 + 215, dark ? 0.34 : 0.86)
    return [red, green, blue]
  })
  const variables = {
    darkMode: dark, background: ground, fontSize: "15px",
    primaryColor: box, primaryTextColor: text, primaryBorderColor: edge,
    secondaryColor: aside, secondaryTextColor: text, secondaryBorderColor: faint,
    tertiaryColor: group, tertiaryTextColor: text, tertiaryBorderColor: faint,
    lineColor: line, textColor: text, mainBkg: box, nodeBkg: box, nodeBorder: edge, nodeTextColor: text,
    clusterBkg: group, clusterBorder: faint, titleColor: text, edgeLabelBackground: ground, defaultLinkColor: line,
    actorBkg: box, actorBorder: edge, actorTextColor: text, actorLineColor: faint,
    signalColor: line, signalTextColor: text, sequenceNumberColor: ground,
    labelBoxBkgColor: group, labelBoxBorderColor: line, labelTextColor: text, loopTextColor: text,
    noteBkgColor: aside, noteBorderColor: mixed(ground, note, 0.6), noteTextColor: text,
    activationBkgColor: mixed(ground, accent, 0.3), activationBorderColor: edge,
    labelColor: text, altBackground: group, classText: text, stateLabelColor: text, stateBkg: box,
    transitionColor: line, transitionLabelColor: text, specialStateColor: line, innerEndBackground: ground,
    compositeBackground: group, compositeTitleBackground: box, compositeBorder: faint,
    attributeBackgroundColorOdd: ground, attributeBackgroundColorEven: group, rowOdd: ground, rowEven: group,
    relationColor: line, relationLabelColor: text, relationLabelBackground: ground,
    sectionBkgColor: group, sectionBkgColor2: group, altSectionBkgColor: ground, gridColor: faint,
    taskBkgColor: box, taskBorderColor: edge, taskTextColor: text, taskTextLightColor: text, taskTextDarkColor: text,
    taskTextOutsideColor: text, activeTaskBkgColor: mixed(ground, accent, 0.35), activeTaskBorderColor: edge,
    doneTaskBkgColor: group, doneTaskBorderColor: faint, critBkgColor: aside, critBorderColor: note,
    todayLineColor: note, personBkg: box, personBorder: edge,
    pieTitleTextColor: text, pieLegendTextColor: text, pieStrokeColor: ground, pieOuterStrokeColor: faint,
    pieSectionTextColor: dark ? WHITE : BLACK, pieOpacity: "1",
    quadrant1Fill: box, quadrant2Fill: group, quadrant3Fill: ground, quadrant4Fill: group,
    quadrantPointFill: edge, quadrantPointTextFill: text, quadrant1TextFill: text, quadrant2TextFill: text,
    quadrant3TextFill: text, quadrant4TextFill: text, quadrantXAxisTextFill: text, quadrantYAxisTextFill: text,
    quadrantTitleFill: text, quadrantInternalBorderStrokeFill: faint, quadrantExternalBorderStrokeFill: faint,
    requirementBackground: box, requirementBorderColor: edge, requirementTextColor: text,
    commitLabelColor: text, commitLabelBackground: group, tagLabelColor: text, tagLabelBackground: box,
    tagLabelBorder: edge, errorBkgColor: aside, errorTextColor: text, scaleLabelColor: dark ? WHITE : BLACK,
  }
  scale.forEach((colour, index) => {
    variables[`pie${index + 1}`] = variables[`cScale${index}`] = variables[`fillType${index % 8}`] = colour
    variables[`cScaleLabel${index}`] = dark ? WHITE : BLACK
    variables[`cScalePeer${index}`] = mixed(colour, ink, 0.4)
    if (index < 8) {
      variables[`git${index}`] = mixed(colour, ink, 0.35)
      variables[`gitInv${index}`] = colour
      variables[`gitBranchLabel${index}`] = readable(BLACK, mixed(colour, ink, 0.35))
    }
  })
  for (const [name, value] of Object.entries(variables)) if (Array.isArray(value)) variables[name] = hex(value)
  return { dark, variables, legible: (svg) => legible(svg, text) }
}

/* A colour of a hue, in degrees, as light as is said, from 0 to 1. */
function hue(degrees, lightness) {
  const strength = 0.45 * Math.min(lightness, 1 - lightness)
  return [0, 8, 4].map((offset) => {
    const part = (offset + degrees / 30) % 12
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(part - 3, 9 - part, 1))))
  })
}

/* An author may fill a box; what is written in it stays readable in both schemes. */
function legible(svg, text) {
  for (const shape of svg.querySelectorAll(".node [style*='fill'], .cluster > [style*='fill'], .statediagram-state [style*='fill']")) {
    const fill = /(?:^|[;\s])fill:\s*([^;!]+)/.exec(shape.getAttribute("style"))?.[1]?.trim()
    const group = shape.closest(".node, .cluster, .statediagram-state")
    if (!fill || fill === "none" || shape.closest(".label") || !CSS.supports("color", fill)) continue
    const ground = seen(fill)
    for (const label of group.querySelectorAll("text, tspan, .nodeLabel")) {
      const own = /(?:^|[;\s])(?:fill|color):\s*([^;!]+)/.exec(label.getAttribute("style") ?? "")?.[1]?.trim()
      const colour = own && CSS.supports("color", own) ? seen(own, ground) : text
      if (contrast(colour, ground) < 4.5) label.style.setProperty("fill", hex(readable(colour, ground)), "important")
    }
  }
  return svg
}
