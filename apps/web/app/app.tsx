import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { ProblemError } from '../api/problem';
import { meQuery } from './session';
import { makeRouter } from './router';
import { type AntLocale, Look } from './look';

/** Passing failures are tried again this often; refusals never. */
const RETRIES = 2;

function makeQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // Signed out meanwhile: the frame asks for signing in and comes back to the same address.
        if (error instanceof ProblemError && error.status === 401) queries.setQueryData(meQuery.queryKey, null);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < RETRIES && error instanceof ProblemError && error.isPassing,
      },
    },
  });
  return queries;
}

export function App({ locale }: { readonly locale: AntLocale }): ReactElement {
  const [queries] = useState(makeQueries);
  const [router] = useState(() => makeRouter(queries));
  return (
    <QueryClientProvider client={queries}>
      <Look first={locale}>
        <RouterProvider router={router} />
      </Look>
    </QueryClientProvider>
  );
}
