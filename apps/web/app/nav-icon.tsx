import {
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  CommentOutlined,
  EllipsisOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FlagOutlined,
  FunctionOutlined,
  HomeOutlined,
  ImportOutlined,
  PartitionOutlined,
  PayCircleOutlined,
  ReadOutlined,
  ScheduleOutlined,
  SettingOutlined,
  SlidersOutlined,
  SolutionOutlined,
  TeamOutlined,
  TrophyOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactElement } from 'react';
import type { NavEntry } from './navigation';

const ICONS: Readonly<Record<NavEntry['key'] | 'more', ComponentType<{ 'aria-hidden'?: boolean }>>> = {
  home: HomeOutlined,
  appraisals: FileDoneOutlined,
  statements: FileTextOutlined,
  myAppeals: CommentOutlined,
  plan: FlagOutlined,
  leaderboard: TrophyOutlined,
  team: TeamOutlined,
  coaching: ReadOutlined,
  cycles: ScheduleOutlined,
  calibration: SlidersOutlined,
  schemes: FunctionOutlined,
  appeals: SolutionOutlined,
  people: PartitionOutlined,
  targets: BarChartOutlined,
  imports: ImportOutlined,
  calendar: CalendarOutlined,
  payouts: PayCircleOutlined,
  audit: AuditOutlined,
  admin: SettingOutlined,
  more: EllipsisOutlined,
};

export function NavIcon({ of }: { readonly of: NavEntry['key'] | 'more' }): ReactElement {
  const Icon = ICONS[of];
  return <Icon aria-hidden />;
}
