import { Component, type ReactNode } from 'react';

type Props = {
  children: ReactNode;
  renderFailure: (error: unknown, retry: () => void) => ReactNode;
  /** A change resets the boundary, so that navigation leaves the failure behind. */
  place?: string;
};
type State = { failed: { error: unknown } | null; place: string | undefined };

/** Renders `renderFailure` where a child failed. React supports error boundaries as classes only. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: null, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failed: { error } };
  }

  static getDerivedStateFromProps({ place }: Props, state: State): State | null {
    return place === state.place ? null : { failed: null, place };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    return this.props.renderFailure(failed.error, () => this.setState({ failed: null }));
  }
}
