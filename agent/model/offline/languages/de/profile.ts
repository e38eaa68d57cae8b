import type { Profile } from "../language.ts";

export const profile: Profile = {
  code: "de",
  name: "Deutsch",
  functionWords:
    "gibts wärs hats ists isses wos nen nem ner nix grad eh ned net dagegen danke der die das den dem des ein eine einen einem einer eines und oder aber doch denn wenn dann als ob dass daß ist sind war waren wird werden wurde wurden worden sein hat haben hatte hatten kann können könnte könnten soll sollen sollte muss müssen darf dürfen mag möchte möchten will wollen würde würden ich du er sie es wir ihr uns euch mir mich dir dich ihm ihn ihnen mein meine meinen meiner unser unsere unseren unserem unserer euer ihre ihren ihrer wie wo was wer wen wem wann warum wieso weshalb weswegen wieviel wieviele viel viele vielen welche welcher welches welchen welchem zeig zeige zeigt gib gibt gab mal bitte für mit von vom zum zur zu auf aus bei beim im in ins am an ans um über unter durch gegen ohne nach seit vor bis zwischen neben während pro je nicht kein keine keinen keiner nur auch noch schon jetzt hier da dort diese dieser dieses diesen diesem jene jener so sehr mehr meist meisten etwas nichts alle allen aller alles jede jeder jedes jeden man sich selbst eigentlich denn gerade immer nie niemals wieder heute los gar ganz sonst also etwa ungefähr überhaupt eben halt halten lass lassen lasst sag sage nenne nenn damit dafür davon dabei dazu daran darin darauf darum deren dessen einmal manche mancher manchen manches einige einigen einiger kannst könntest willst weiß wissen denen jemand niemand bin bist seid macht machen tun geht gehen gehts liegt liegen steht stehen",
  traits: "sch, ung_, keit, lich, ä, ö, ü, ß, cht_, _ge, _ver, zw, pf, ei_, eit, tz, ieren_, auf, aus",
  script: null,
};
