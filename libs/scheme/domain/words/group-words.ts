import type { Title } from '../../contracts/document';
import type { CompiledScheme } from '../compile';
import type { GroupFinding } from '../blocks/group-limits.policy';
import { type Language, titleOf, titlesOf } from './titles';

/** A finding about a group in one sentence of each language; the grade as the scheme calls it. */
export function groupFindingInWords(finding: GroupFinding, { document }: CompiledScheme): Title {
  const titles = titlesOf(document);
  const grade = (language: Language): string => {
    const key = `grade.${finding.grade}`;
    return titles.has(key) ? titleOf(titles, key, language) : finding.grade;
  };
  const { department, people, have } = finding;
  const chinese = `${department ?? '本周期'}：${people} 人中“${grade('zh-CN')}”${have} 人，`;
  const english = `${department ?? 'The cycle'}: ${have} of ${people} people have “${grade('en')}”; `;
  return finding.code === 'grade-over-limit'
    ? { 'zh-CN': `${chinese}最多 ${finding.atMost} 人。`, en: `${english}at most ${finding.atMost} may.` }
    : { 'zh-CN': `${chinese}目标 ${finding.target} 人。`, en: `${english}the target is ${finding.target}.` };
}
