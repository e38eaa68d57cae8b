import type { ButtonHTMLAttributes, ReactNode } from "react";

const looks = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-strong font-medium",
  plain: "bg-surface text-text border-control hover:bg-raised font-medium",
  quiet: "bg-transparent text-text border-transparent hover:bg-raised",
  good: "bg-good text-on-accent border-transparent hover:opacity-90 font-medium",
} as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof looks;
  readonly icon?: ReactNode;
}

export function Button({ look = "plain", icon, children, className = "", ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-9 items-center justify-center gap-2 rounded-lg border px-3 py-1.5 text-dense transition-colors duration-100 disabled:opacity-60 ${looks[look]} ${className}`}
    >
      {icon}
      {children}
    </button>
  );
}

/** A button that shows only its icon; `label` is what it is called. */
export function IconButton({
  label,
  children,
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-muted transition-colors duration-100 hover:bg-raised hover:text-text disabled:opacity-60 ${className}`}
    >
      {children}
    </button>
  );
}
