/** The browser's language as a tag that `Intl` takes; some systems report a POSIX locale (`en-US@posix`). */
export function browserLocale(reported: string): string {
  const tag = reported.replace(/[@.].*$/, "").replaceAll("_", "-");
  return Intl.DateTimeFormat.supportedLocalesOf(isTag(tag) ? tag : [])[0] ?? "en";
}

const isTag = (tag: string): boolean => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag);
