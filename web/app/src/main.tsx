// The page begins here.

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onServerClock, Problem } from './api/client';
import { sessionQuery } from './api/queries';
import { heardDate } from './live/clock';
import { makeRouter } from './router';
import { Notices } from './ui/Notice';
import { Words } from './words/language';
import './page.css';

onServerClock(heardDate);

/** The session ended under us: the shell sees it and shows the log-in page. */
function noticeLogOut(problem: unknown): void {
  if (problem instanceof Problem && problem.code === 'not_logged_in') {
    queryClient.setQueryData(sessionQuery.queryKey, null);
  }
}

const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeLogOut }),
  mutationCache: new MutationCache({ onError: noticeLogOut }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // Asking again helps when the server was not reached, not when it said no.
      retry: (count, problem) => problem instanceof Problem && problem.status === 0 && count < 2,
    },
  },
});

const router = makeRouter();

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

const place = document.getElementById('page');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Words>
          <Notices>
            <RouterProvider router={router} />
          </Notices>
        </Words>
      </QueryClientProvider>
    </StrictMode>,
  );
}
