import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import type { Finding } from './queries';

const PAUSE_MS = 500;
const NONE: readonly Finding[] = [];

export interface Check {
  readonly findings: readonly Finding[];
  /** True when what was found is about the text as it is now. */
  readonly isCurrent: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly error: Error | null;
}

/** What the checker says about a text, asked after each pause in typing. A newer text ends the question about the one before. */
export function useCheck(yaml: string): Check {
  const settled = useSettled(yaml);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['scheme-check', settled],
    enabled: settled !== '',
    gcTime: 60_000,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => bodyOf(api.POST('/api/v1/schemes/check', { body: { yaml: settled }, signal })),
  });
  const findings = data?.findings ?? NONE;
  return {
    findings,
    error,
    isCurrent: data !== undefined && !isPlaceholderData && settled === yaml,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
  };
}

function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => settle(text), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return settled;
}
