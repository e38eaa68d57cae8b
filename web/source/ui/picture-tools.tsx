import { FileCode, Image } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./button.tsx";
import { download } from "./download.ts";
import { pngOf, svgText } from "./picture-export.ts";
import { ProblemNote } from "./problem-note.tsx";

/** A drawing in the page, or a promise of its SVG text. */
export type Drawing = () => SVGSVGElement | Promise<string> | null | undefined;

async function textOf(drawing: Drawing): Promise<string | null> {
  const drawn = await drawing();
  if (drawn === null || drawn === undefined) return null;
  return typeof drawn === "string" ? drawn : svgText(drawn);
}

/** Buttons that hand a picture over as a file, as it is drawn now. */
export function PictureTools({ name, drawing }: { readonly name: string; readonly drawing: Drawing }) {
  const [failure, setFailure] = useState<unknown>(null);
  const save = async (kind: "svg" | "png"): Promise<void> => {
    try {
      const text = await textOf(drawing);
      if (text === null) return;
      if (kind === "svg") download(`${name}.svg`, "image/svg+xml", text);
      else download(`${name}.png`, "image/png", await pngOf(text));
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      <IconButton label="Download as SVG" onClick={() => void save("svg")}>
        <FileCode className="size-4" />
      </IconButton>
      <IconButton label="Download as PNG" onClick={() => void save("png")}>
        <Image className="size-4" />
      </IconButton>
      {failure !== null && <ProblemNote error={failure} />}
    </>
  );
}
