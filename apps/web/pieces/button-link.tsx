import { useNavigate, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import type { MouseEvent, ReactElement, ReactNode } from 'react';

export interface ButtonLinkProps {
  /** An address of this site, with what stands after `?`. */
  readonly to: string;
  readonly primary?: boolean;
  readonly children: ReactNode;
}

/** A link that looks like the button it stands beside; opens in another tab as links do. */
export function ButtonLink({ to, primary = false, children }: ButtonLinkProps): ReactElement {
  const router = useRouter();
  const navigate = useNavigate();
  const { pathname, searchParams } = new URL(to, window.location.origin);
  const path: string = pathname;
  const search = Object.fromEntries(searchParams);
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigate({ to: path, search });
  };
  return (
    <Button type={primary ? 'primary' : 'default'} href={router.buildLocation({ to: path, search }).href} onClick={follow}>
      {children}
    </Button>
  );
}
