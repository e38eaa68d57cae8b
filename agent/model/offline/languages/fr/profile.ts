import type { Profile } from "../language.ts";

export const profile: Profile = {
  code: "fr",
  name: "Français",
  functionWords:
    "le la les l un une des du de d au aux et ou mais donc or ni car que qu qui quoi dont où ce c cet cette ces ça cela ceci celui celle ceux celles il elle on nous vous ils elles je j tu me m te t se s moi toi lui leur leurs eux mon ma mes ton ta tes son sa ses notre nos votre vos est sont était étaient être été suis es sommes êtes sera seront serait ai as a avons avez ont avait avaient aurait auraient avoir eu fait font faire faut faudrait peut peuvent pouvez peux pourrait pourrions puis doit doivent devons devrait veux veut voulez voudrais va vont vais allons quel quelle quels quelles lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels desquelles combien comment pourquoi quand dans sur sous par pour avec sans chez vers entre depuis pendant avant après jusqu jusque dès lors selon contre ne n pas plus moins très trop peu beaucoup tout toute tous toutes même mêmes aussi encore déjà toujours jamais rien personne si oui non alors ainsi comme quelque quelques chaque autre autres certains certaines plusieurs ici là y en puisque parce lorsque afin montre montrez donne donnez moi svp merci bonjour aujourd hui hier demain voilà plutôt seulement juste environ bien",
  traits:
    "é, è, ê, à, ù, ç, œ, eau, eux, oir_, tion_, ment_, ère, elle_, ette, ille, ouv, ais_, ait_, quoi, ez_, aux_",
  script: null,
};
