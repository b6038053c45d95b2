import { backendsSettings } from './settings/backends.ts';
import { clusterSettings } from './settings/cluster.ts';
import { doctorSettings } from './settings/doctor.ts';
import { downloadSettings } from './settings/download.ts';
import { evaluateSettings } from './settings/evaluate.ts';
import { faceSettings } from './settings/face.ts';
import { importSettings } from './settings/import.ts';
import { insightsSettings } from './settings/insights.ts';
import { learningSettings } from './settings/learning.ts';
import { modelsSettings } from './settings/models.ts';
import { indexSettings } from './settings/neighbour-index.ts';
import { peopleSettings } from './settings/people.ts';
import { reEmbedSettings } from './settings/re-embed.ts';
import { searchSettings } from './settings/search.ts';
import { tuneSettings } from './settings/tune.ts';

/**
 * Every size and threshold of the engine that belongs to no model pack: a file for each area. Each line has its unit,
 * its range and where the number comes from.
 */
export const settings = {
  import: importSettings,
  models: modelsSettings,
  backends: backendsSettings,
  download: downloadSettings,
  reEmbed: reEmbedSettings,
  face: faceSettings,
  doctor: doctorSettings,
  cluster: clusterSettings,
  people: peopleSettings,
  index: indexSettings,
  tune: tuneSettings,
  learning: learningSettings,
  evaluate: evaluateSettings,
  insights: insightsSettings,
  search: searchSettings,
} as const;
