/** A model that was read, and what of the document it does not carry, in sentences. */
export interface ReadModel<Model> {
  readonly model: Model;
  readonly notes: readonly string[];
}
