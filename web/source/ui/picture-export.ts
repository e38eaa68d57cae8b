/** The map as an SVG file that looks the same without the page's styles, in programs that know only plain colours. */
const colours = ["fill", "stroke"] as const;
const others = [
  "stroke-width",
  "stroke-linecap",
  "opacity",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;
const fontFamily = "Inter, system-ui, sans-serif";

/** Serialises a drawn map with its computed styles written as attributes; labels that are not shown are left out. */
export function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [...drawing.querySelectorAll<SVGElement>("*")];
  const plain = plainColours();
  const hidden: Element[] = [];
  for (const [index, element] of [...copy.querySelectorAll<SVGElement>("*")].entries()) {
    const computed = window.getComputedStyle(originals[index] as SVGElement);
    if (computed.opacity === "0") hidden.push(element);
    for (const name of colours) element.setAttribute(name, plain(computed.getPropertyValue(name)));
    for (const name of others) element.setAttribute(name, computed.getPropertyValue(name));
    for (const name of ["class", "tabindex", "role", "aria-pressed"]) element.removeAttribute(name);
  }
  for (const element of hidden) element.remove();
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("font-family", fontFamily);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const background = plain(window.getComputedStyle(drawing.parentElement ?? drawing).backgroundColor);
  copy.setAttribute("style", `background: ${background}`);
  return new XMLSerializer().serializeToString(copy);
}

/** Any CSS colour as #rrggbb, by drawing it on one pixel. */
function plainColours(): (colour: string) => string {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map<string, string>([["none", "none"]]);
  return (colour) => {
    const seen = known.get(colour);
    if (seen !== undefined || !pixel) return seen ?? colour;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
    const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
    const plain = alpha === 0 ? "none" : `#${hex}`;
    known.set(colour, plain);
    return plain;
  };
}

const pixelRatio = 2;

/** The drawing as PNG, at twice its size so that it stays sharp in a document. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width * pixelRatio, image.height * pixelRatio);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: "image/png" });
  } finally {
    URL.revokeObjectURL(url);
  }
}
