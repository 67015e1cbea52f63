import { Component, type ReactNode } from 'react';
import { en } from '../texts/en';
import { Failed } from './failed';

/** Catches what a screen throws while it draws: a frame is never left blank. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return <Failed title={en.frame.crashTitle} text={en.frame.crashText} retry={() => location.reload()} />;
  }
}
