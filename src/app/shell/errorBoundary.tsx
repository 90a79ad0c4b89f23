import { Component, type ReactNode } from 'react';

type Props = {
  children: ReactNode;
  renderFailure: (error: unknown, retry: () => void) => ReactNode;
  /** Another value is another try: going to another place leaves the failure behind. */
  place?: string;
};
type State = { failed: { error: unknown } | null; place: string | undefined };

/** Shows words where a part of the app failed. React offers this to classes only: the one class here that is not an error. */
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
