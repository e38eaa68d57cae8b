/** What Millwright is measured beside: PM4Py in a virtual environment, and the Rust crate `process_mining`. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { here } from "./logs.ts";

export const PM4PY_PACKAGES = ["pm4py==2.7.23.11", "rustxes==0.2.11"];
export const CRATE = "process_mining 0.5.6";

/** The interpreter of a virtual environment with PM4Py in it. Needs python3 with venv and pip. */
export function pm4py(): string {
  const python = here(".venv/bin/python");
  if (!existsSync(python)) {
    execFileSync("python3", ["-m", "venv", here(".venv")], { stdio: "inherit" });
    execFileSync(python, ["-m", "pip", "install", "--quiet", ...PM4PY_PACKAGES], { stdio: "inherit" });
  }
  return python;
}

/** The program in `bench/rust`, built for release. Needs cargo. */
export function crate(): string {
  execFileSync("cargo", ["build", "--release", "--quiet", "--manifest-path", here("rust/Cargo.toml")], {
    stdio: "inherit",
  });
  return here("rust/target/release/millwright-bench-rust");
}
