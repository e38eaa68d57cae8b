import { Component, type ReactNode } from "react";
import { ProblemNote } from "./problem-note.tsx";

interface State {
  readonly error: unknown;
}

/** Where drawing a part of the page fails, that part says so; the rest stays usable. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="p-4">
        <ProblemNote error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
