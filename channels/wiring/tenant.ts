/** Whose server this is. */
export const tenant = "local";
