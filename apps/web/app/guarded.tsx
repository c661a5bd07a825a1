import { Outlet, useParams, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { DeniedPage, Missing } from '../pieces/refusal';
import { lackedAt, namesSomething } from './guard';
import { useMe } from './session';

/** The page, unless its address can't name anything or it is not shown to the viewer's roles: then that alone is said. */
export function Guarded(): ReactElement {
  const me = useMe();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  if (!namesSomething(params)) return <Missing isPage />;
  const lacked = lackedAt(path, me.roles);
  return lacked === undefined ? <Outlet /> : <DeniedPage roles={lacked} />;
}
