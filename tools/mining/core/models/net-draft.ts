import type { PetriNet, Transition } from "../petri-net.ts";

/** A net while it is put together. */
export class NetDraft {
  places = 0;
  readonly transitions: Transition[] = [];

  place(): number {
    return this.places++;
  }

  add(label: string | null, inputs: readonly number[], outputs: readonly number[], element?: string): void {
    this.transitions.push({ label, inputs, outputs, ...(element === undefined ? {} : { element }) });
  }

  silent(inputs: readonly number[], outputs: readonly number[], element?: string): void {
    this.add(null, inputs, outputs, element);
  }

  /** Puts a whole net beside; returns the places that its places became. */
  embed(net: PetriNet): number[] {
    const places = Array.from({ length: net.places }, () => this.place());
    for (const { label, inputs, outputs, element } of net.transitions) {
      const moved = (each: readonly number[]) => each.map((p) => places[p]!);
      this.add(label, moved(inputs), moved(outputs), element);
    }
    return places;
  }
}
