import { type ErrorDetails, MillwrightError } from "../../../../errors.ts";

/** A model file that cannot be read: what is wrong, on which line, and with which element. */
export class ModelFileError extends MillwrightError {
  constructor(message: string, details: ErrorDetails = {}) {
    super("model-unreadable", 422, message, details);
  }

  /** The same, with the file's name as it was given. */
  of(file: string): ModelFileError {
    return new ModelFileError(this.message, { ...this.details, file });
  }
}

/** A model that is well-formed, but has no counterpart in what it was to become. */
export class NotConvertibleError extends MillwrightError {
  constructor(message: string, details: ErrorDetails = {}) {
    super("model-not-convertible", 422, message, details);
  }
}
