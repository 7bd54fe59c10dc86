export const candidates = {
  "candidates.empty": "There are no candidates yet.",
  "candidates.name": "Name",
  "candidates.email": "E-mail",
  "candidates.resume": "Resume",
  "candidates.noResume": "There is no resume.",
  "candidates.hiddenWords":
    "Words of the file that nobody sees on its pages (white, tiny or beside the page) were left out: {count}",
  "candidates.facts": "What the resume says",
  "candidates.factsAbout": "Read by rules from the file, each in its own words. Choose one to see the line it stands in.",
  "candidates.factInLine": "In the resume",
  "fact.person": "Person",
  "fact.employment": "Employment",
  "fact.education": "Education",
  "fact.skill": "Skills",
  "fact.certificate": "Certificates",
  "fact.language": "Languages",
};
