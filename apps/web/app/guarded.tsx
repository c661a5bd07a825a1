import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { todoQuery } from '../api/todo';
import { pathOfTodo } from '../api/todo-path';
import { DeniedPage, Missing } from '../pieces/refusal';
import { Skeleton } from '../pieces/skeleton';
import { type Guard, lackedAt, namesSomething } from './guard';
import { useMe } from './session';

/** The page, unless its address can't name anything or it is not shown to the viewer's roles: then that alone is said. */
export function Guarded(): ReactElement {
  const me = useMe();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  if (!namesSomething(params)) return <Missing isPage />;
  const lacked = lackedAt(path, me.roles);
  if (lacked === undefined) return <Outlet />;
  return lacked.orOwed ? <UnlessOwed guard={lacked} path={path} /> : <DeniedPage roles={lacked.roles} />;
}

/** Whoever was named to do something there does it, whatever their roles. */
function UnlessOwed({ guard, path }: { readonly guard: Guard; readonly path: string }): ReactElement {
  const { data: todos, isPending } = useQuery(todoQuery);
  if (isPending) return <Skeleton lines={6} />;
  const isOwed = todos?.items.some((one) => pathOfTodo(one).split('?')[0] === path) ?? false;
  return isOwed ? <Outlet /> : <DeniedPage roles={guard.roles} />;
}
