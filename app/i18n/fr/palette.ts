export const palette = {
  open: "Rechercher partout",
  keys: "Ctrl K",
  placeholder: "Page, campagne, contact ou numéro",
  results: "Résultats",
  pages: "Aller à",
  archive: "Campagnes archivées",
  nothing: "Rien ne correspond. Essayez un nom, une partie d’un numéro ou le titre d’une campagne.",
};
