/** A part of a log that can only be read by the reader of what stands before it. */
export class PartError extends Error {}
