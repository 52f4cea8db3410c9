/** What startups ask and what partners bring, kind by kind; `{…}` takes the words of the theme. */
export interface RequestContent {
  readonly title: string;
  readonly body: string;
  readonly quantity: number;
}

export const NEEDS: Readonly<Record<string, readonly RequestContent[]>> = {
  network: [
    {
      title: 'Rencontrer {customer} qui a déjà travaillé avec une startup',
      body: 'Nous voulons comprendre comment se décide un premier achat, et à qui parler ensuite.',
      quantity: 2,
    },
    {
      title: 'Être présentés à un investisseur de notre filière ({themeLabel})',
      body: 'Premier tour prévu au printemps. Nous cherchons un avis franc avant de partir en chasse.',
      quantity: 2,
    },
    {
      title: 'Parler à trois fondateurs passés par là avant nous',
      body: 'Sujets : premiers recrutements, prix, et ce qu’ils ne referaient pas.',
      quantity: 3,
    },
  ],
  visibility: [
    {
      title: 'Préparer notre passage dans la presse régionale',
      body: 'Nous avons une histoire et pas les mots. Besoin d’un regard de journaliste et d’une répétition.',
      quantity: 2,
    },
    {
      title: 'Refaire notre page d’accueil pour {customer}',
      body: 'Aujourd’hui elle parle de nous. Elle doit parler de ce que gagne notre client.',
      quantity: 3,
    },
    {
      title: 'Tenir un stand au salon de notre filière ({themeLabel})',
      body: 'Trois jours, un stand partagé avec deux autres startups : message, démonstration, suivi des contacts.',
      quantity: 2,
    },
  ],
  international: [
    {
      title: 'Trouver un premier distributeur en Allemagne',
      body: 'Nous avons deux contacts et aucune pratique des contrats. À qui parler, dans quel ordre ?',
      quantity: 3,
    },
    {
      title: 'Préparer une délégation au salon de Las Vegas',
      body: 'Démonstration en anglais, prises de rendez-vous, douane du matériel.',
      quantity: 4,
    },
    {
      title: 'Adapter notre offre au marché espagnol',
      body: 'Normes et habitudes d’achat pour {product}.',
      quantity: 2,
    },
  ],
  'financing-files': [
    {
      title: 'Monter un dossier de subvention pour un essai de {product}',
      body: 'Dépôt dans six semaines. Le budget et le calendrier sont à relire.',
      quantity: 4,
    },
    {
      title: 'Plan de financement de 800 k€ sur deux ans',
      body: 'Première version écrite. Besoin d’une relecture par quelqu’un qui en a refusé.',
      quantity: 3,
    },
    {
      title: 'Préparer notre dossier de concours d’innovation',
      body: 'Partie technique prête, partie marché faible.',
      quantity: 2,
    },
  ],
  'commercial-structuring': [
    {
      title: 'Fixer nos prix avant la rentrée',
      body: 'Trois clients, trois prix différents. Nous voulons une grille que nous pouvons défendre.',
      quantity: 3,
    },
    {
      title: 'Écrire une offre que {customer} peut acheter sans appel d’offres',
      body: 'Périmètre, durée, prix, conditions : tout tient aujourd’hui dans la tête du fondateur.',
      quantity: 4,
    },
    {
      title: 'Recruter et installer notre premier commercial',
      body: 'Fiche de poste, objectifs, outils, premiers trois mois.',
      quantity: 2,
    },
  ],
  expertise: [
    {
      title: 'Deux séances avec {specialist}',
      body: 'Nous avons des mesures que nous ne savons pas interpréter.',
      quantity: 2,
    },
    {
      title: 'Faire relire notre architecture technique',
      body: 'Le sujet : {product}. Nous passons de dix à mille appareils.',
      quantity: 4,
    },
    {
      title: 'Choisir entre deux matériaux pour notre boîtier',
      body: 'Résistance au gel, coût en petite série, recyclage.',
      quantity: 2,
    },
    {
      title: 'Comprendre les normes de notre filière ({themeLabel})',
      body: 'Ce qui est obligatoire avant un essai, ce qui peut attendre.',
      quantity: 3,
    },
  ],
  'market-access': [
    { title: 'Rencontrer {customer}', body: 'Pour présenter {product} et écouter ce qui manque.', quantity: 3 },
    {
      title: 'Être référencés chez un grand compte du territoire',
      body: 'Nous avons un premier utilisateur chez eux, pas d’acheteur.',
      quantity: 2,
    },
    {
      title: 'Trouver deux clients pilotes pour {product}',
      body: 'Trois mois, gratuit pour eux, avec un bilan partagé.',
      quantity: 2,
    },
  ],
  legal: [
    {
      title: 'Relire un contrat de distribution aux États-Unis',
      body: 'Clauses d’exclusivité et de responsabilité.',
      quantity: 2,
    },
    {
      title: 'Protéger notre marque et notre nom de domaine',
      body: 'Un concurrent porte un nom proche dans un pays voisin.',
      quantity: 2,
    },
    {
      title: 'Mettre nos conditions d’utilisation en règle',
      body: 'Données personnelles de {customer}, sous-traitants, durées de conservation.',
      quantity: 3,
    },
  ],
  'commercial-development': [
    {
      title: 'Accompagner nos dix premiers rendez-vous avec {customer}',
      body: 'Écouter, corriger, préparer le suivant.',
      quantity: 4,
    },
    {
      title: 'Répondre à notre premier appel d’offres',
      body: 'Lot de petite taille autour de {product}.',
      quantity: 4,
    },
    {
      title: 'Transformer nos essais gratuits en contrats',
      body: 'Cinq essais finis, un seul contrat signé. Pourquoi ?',
      quantity: 3,
    },
  ],
  'test-ground': [
    {
      title: 'Essayer notre prototype sur {ground}',
      body: 'Six semaines, deux appareils, aucun travaux. Nous remettons en état.',
      quantity: 10,
    },
    {
      title: 'Mesurer avant et après sur {ground}',
      body: 'Protocole écrit avec un laboratoire, résultats partagés.',
      quantity: 6,
    },
  ],
  desk: [
    {
      title: 'Deux postes de travail pendant trois mois',
      body: 'L’équipe arrive d’une autre ville avant de trouver ses bureaux.',
      quantity: 40,
    },
    {
      title: 'Un poste près d’une équipe de notre filière ({themeLabel})',
      body: 'Nous partageons des clients et voudrions partager une machine à café.',
      quantity: 20,
    },
  ],
};

export const OFFERS: Readonly<Record<string, readonly RequestContent[]>> = {
  network: [
    {
      title: 'Présentations à notre réseau de clients et de pairs',
      body: 'Une présentation, c’est un message d’introduction et un premier rendez-vous obtenu.',
      quantity: 3,
    },
    {
      title: 'Petits déjeuners entre fondateurs et dirigeants',
      body: 'Quatre personnes, une heure, un sujet choisi par la startup.',
      quantity: 3,
    },
  ],
  visibility: [
    {
      title: 'Portrait dans nos pages et préparation de l’entretien',
      body: 'Une journaliste aide à trouver l’histoire, puis l’écrit.',
      quantity: 4,
    },
    {
      title: 'Place sur notre stand et dans nos lettres',
      body: 'Salons professionnels, lettre aux clients, réseaux sociaux.',
      quantity: 3,
    },
  ],
  international: [
    {
      title: 'Nos équipes à l’étranger pour un premier pas',
      body: 'Allemagne, Espagne, États-Unis : distributeurs, usages, contrats.',
      quantity: 4,
    },
    {
      title: 'Préparation aux salons et délégations',
      body: 'Démonstration, prises de rendez-vous, suivi.',
      quantity: 3,
    },
  ],
  'financing-files': [
    {
      title: 'Relecture de dossiers de financement',
      body: 'Budget, calendrier, partie marché : par quelqu’un qui instruit ces dossiers.',
      quantity: 4,
    },
    {
      title: 'Préparation aux comités d’engagement',
      body: 'Questions difficiles, répétition, version courte.',
      quantity: 3,
    },
  ],
  'commercial-structuring': [
    {
      title: 'Atelier prix et offre',
      body: 'Deux demi-journées pour écrire une offre qui se vend sans le fondateur.',
      quantity: 4,
    },
    { title: 'Installer une première équipe commerciale', body: 'Recrutement, objectifs, outils.', quantity: 4 },
  ],
  expertise: [
    {
      title: 'Nos ingénieurs à votre table ({themeLabel})',
      body: '{specialist} et ses collègues regardent vos mesures et vos plans.',
      quantity: 4,
    },
    {
      title: 'Revue technique avant industrialisation',
      body: 'Matériaux, normes, essais, coûts en série.',
      quantity: 4,
    },
    {
      title: 'Une journée dans nos équipes ({themeLabel})',
      body: 'Pour comprendre comment travaille {customer}.',
      quantity: 3,
    },
  ],
  'market-access': [
    {
      title: 'Rencontres avec nos acheteurs',
      body: 'Trois acheteurs, une heure, un avis franc et une suite quand elle existe.',
      quantity: 4,
    },
    {
      title: 'Premier client pilote dans nos équipes ({themeLabel})',
      body: 'Trois mois, un référent, un bilan écrit.',
      quantity: 3,
    },
  ],
  legal: [
    {
      title: 'Nos juristes pour un contrat ou une marque',
      body: 'Distribution, propriété industrielle, données personnelles.',
      quantity: 4,
    },
    { title: 'Permanence juridique du jeudi', body: 'Droit du travail, statuts, assurances.', quantity: 3 },
  ],
  'commercial-development': [
    {
      title: 'Accompagnement de rendez-vous commerciaux',
      body: 'Un commercial expérimenté vient avec vous, puis vous dit ce qu’il a vu.',
      quantity: 5,
    },
    {
      title: 'Réponse aux appels d’offres',
      body: 'Lecture du cahier des charges, mémoire technique, prix.',
      quantity: 5,
    },
  ],
  'test-ground': [
    {
      title: 'Terrain d’essai : {ground}',
      body: 'Accès encadré, un référent sur place, remise en état à la fin.',
      quantity: 9,
    },
    {
      title: 'Données et site pour un essai de {product}',
      body: 'Convention type fournie, assurance à votre charge.',
      quantity: 7,
    },
  ],
  desk: [
    {
      title: 'Postes de travail dans nos locaux',
      body: 'Bureau, salle de réunion, accès jour et soir.',
      quantity: 110,
    },
  ],
};

/** The words of people who decline: invented, as everyone here. */
export const DECLINE_REASONS = [
  'Notre équipe est prise jusqu’à la fin du trimestre.',
  'Nous avons trouvé une réponse ailleurs entre-temps.',
  'Le sujet est trop proche d’un projet interne.',
  'Nous préférons attendre notre prochain prototype.',
] as const;

export const MEETING_PLACES = [
  'Le Bivouac, salle Pariou',
  'Le Bivouac, salle Sancy',
  'Chez le partenaire',
  'Hôtel de la Métropole',
  'En visioconférence',
] as const;

export const FIRST_NAMES = [
  'Camille',
  'Louis',
  'Jeanne',
  'Adrien',
  'Sofia',
  'Mathis',
  'Léa',
  'Nolan',
  'Chloé',
  'Samir',
  'Élise',
  'Hugo',
  'Manon',
  'Rayan',
  'Alice',
  'Bastien',
  'Inès',
  'Théo',
  'Zoé',
  'Victor',
] as const;
export const LAST_NAMES = [
  'Chabrol',
  'Fayolle',
  'Morel',
  'Vidal',
  'Bonnet',
  'Chassaing',
  'Roux',
  'Mallet',
  'Sauvage',
  'Perrin',
  'Gaillard',
  'Tixier',
  'Brun',
  'Faure',
  'Delmas',
  'Rochette',
  'Barthe',
  'Lachaud',
  'Granet',
  'Veyre',
] as const;
