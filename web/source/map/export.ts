/** The map as an SVG file that looks the same without the page's styles. */
const properties = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
];

/** Serialises a drawn map with its computed styles written into each element. */
export function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll<SVGElement>("*");
  copy.querySelectorAll<SVGElement>("*").forEach((element, index) => {
    const original = originals[index];
    if (!original) return;
    const computed = window.getComputedStyle(original);
    for (const property of properties)
      element.style.setProperty(property, computed.getPropertyValue(property));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.style.background = window.getComputedStyle(document.documentElement).getPropertyValue("--surface");
  return new XMLSerializer().serializeToString(copy);
}
