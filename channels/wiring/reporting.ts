import type { Report } from "../millwright.ts";
import { withoutValues } from "../reported.ts";

const reportToStandardError: Report = (error, where) => {
  console.error(`millwright ${where}:`, error);
};

/** No failure is reported with the values that its query carried. */
export const reporting =
  (report: Report = reportToStandardError): Report =>
  (error, where) =>
    report(withoutValues(error), where);
