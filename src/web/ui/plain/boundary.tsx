import { Component, type ReactNode } from 'react'
import { tellFailure } from '../../core/failures.ts'

interface Props {
  children: ReactNode
  /** What stands there instead when it fails. */
  instead: (again: () => void) => ReactNode
}

/** Keeps what fails inside from taking the rest of the page with it, and tells of it. */
export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: unknown): void {
    tellFailure('page', error)
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return this.props.instead(() => this.setState({ failed: false }))
  }
}
