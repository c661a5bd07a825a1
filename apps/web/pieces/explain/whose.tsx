import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { formatPeriod } from '../format';

/** Of whom and of when an explanation is: what is printed has no page below it that says so. */
export function Whose({ name, of }: { readonly name: string | null; readonly of: string }): ReactElement {
  const { t } = useTranslation('common');
  return (
    <p className="soft whose">
      {name ?? t('erased')} · {of}
    </p>
  );
}

/** Whoever may see pay but not the form sees no name here; the page they came from has it. */
export function WhoseScore({ appraisalId }: { readonly appraisalId: string }): ReactElement | null {
  const { data: form } = useQuery({
    queryKey: ['appraisal', appraisalId, 'whose'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}', { params: { path: { appraisalId } } })),
    select: ({ name, period }) => ({ name, period }),
  });
  return form ? <Whose name={form.name} of={formatPeriod(form.period)} /> : null;
}
