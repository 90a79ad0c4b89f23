import { Component, type ReactNode } from 'react';

type Props = { children: ReactNode; renderFailure: (error: unknown, retry: () => void) => ReactNode };

/**
 * Shows words where a part of the app failed. React offers this to classes only, so this is the one class that is not an
 * error.
 */
export class ErrorBoundary extends Component<Props, { failed: { error: unknown } | null }> {
  override state = { failed: null as { error: unknown } | null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    return this.props.renderFailure(failed.error, () => this.setState({ failed: null }));
  }
}
