/**
 * Where the organisations of the demonstration are. Names and INSEE codes are those of the public list of municipalities;
 * coordinates stand near the middle of each. The outline is that of the metropolis, reduced to a few points.
 */
import type { Line } from '../../domains/territory/map.ts';

export interface CommunePlace {
  readonly code: string;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
}

export const COMMUNES: Readonly<Record<string, CommunePlace>> = {
  Aubière: place('63014', '63170', 45.751, 3.124),
  Beaumont: place('63032', '63110', 45.749, 3.088),
  Blanzat: place('63042', '63112', 45.825, 3.075),
  Cébazat: place('63063', '63118', 45.831, 3.103),
  Chamalières: place('63075', '63400', 45.774, 3.06),
  'Clermont-Ferrand': place('63113', '63000', 45.783, 3.095),
  'Cournon-d’Auvergne': place('63124', '63800', 45.745, 3.194),
  Gerzat: place('63164', '63360', 45.827, 3.16),
  Lempdes: place('63193', '63370', 45.771, 3.194),
  'Pont-du-Château': place('63284', '63430', 45.797, 3.236),
  Riom: place('63300', '63200', 45.894, 3.113),
  Romagnat: place('63307', '63540', 45.721, 3.083),
  Royat: place('63308', '63130', 45.759, 3.04),
};

export const OUTLINE_CREDIT = 'IGN (Licence Ouverte 2.0) et contributeurs d’OpenStreetMap (ODbL), contour simplifié';

export const OUTLINE: readonly Line[] = [
  [
    [2.944, 45.807],
    [2.984, 45.827],
    [3.029, 45.812],
    [3.033, 45.801],
    [3.047, 45.819],
    [3.067, 45.821],
    [3.052, 45.841],
    [3.079, 45.848],
    [3.062, 45.851],
    [3.068, 45.862],
    [3.107, 45.867],
    [3.114, 45.853],
    [3.164, 45.847],
    [3.198, 45.826],
    [3.164, 45.814],
    [3.164, 45.804],
    [3.201, 45.797],
    [3.211, 45.816],
    [3.254, 45.818],
    [3.274, 45.815],
    [3.288, 45.793],
    [3.222, 45.78],
    [3.225, 45.741],
    [3.195, 45.702],
    [3.16, 45.73],
    [3.128, 45.73],
    [3.089, 45.699],
    [3.045, 45.707],
    [3.039, 45.698],
    [3.057, 45.685],
    [3.036, 45.681],
    [2.943, 45.711],
    [2.952, 45.722],
    [2.947, 45.758],
    [2.966, 45.784],
    [2.944, 45.807],
  ],
];

/** Public facts of the organisations of the real story: their number in the public register, their site. */
export const PUBLIC_FACTS: Readonly<Record<string, { readonly siren?: string; readonly website: string }>> = {
  Michelin: { website: 'https://www.michelin.com' },
  Orange: { website: 'https://www.orange.com' },
  Limagrain: { website: 'https://www.limagrain.com' },
  'La Montagne': { website: 'https://www.lamontagne.fr' },
  'Clermont Auvergne Métropole': { siren: '246300701', website: 'https://www.clermontmetropole.eu' },
  'Région Auvergne-Rhône-Alpes': { website: 'https://www.auvergnerhonealpes.fr' },
};

function place(code: string, postalCode: string, latitude: number, longitude: number): CommunePlace {
  return { code, postalCode, latitude, longitude };
}
