import type { Profile } from "../language.ts";

export const profile: Profile = {
  code: "it",
  name: "Italiano",
  functionWords:
    "nell dell all dall sull quell il lo la i gli le l un uno una di del dello della dei degli delle d a al allo alla ai agli alle da dal dallo dalla dai dagli dalle in nel nello nella nei negli nelle su sul sullo sulla sui sugli sulle con per tra fra e ed o ma però anche che chi cui quale quali quanto quanta quanti quante come quando dove perché cosa io tu lei lui noi voi loro mi ti ci vi si ne me te mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra questo questa questi queste quello quella quelli quelle ciò è sono era erano essere stato stata stati state sia fu sarà saranno ho hai ha abbiamo avete hanno avere aveva avevano c qual può possono posso puoi possiamo potrebbe deve devono dovrebbe dovrebbero voglio vorrei va vanno fa fanno fare dimmi dammi mostrami mostra spiegami fammi dimmelo dammelo sapresti sai vorresti potresti puoi domani non no sì se più meno molto molta molti molte poco pochi tanto tanta tanti tante così tutto tutta tutti tutte ogni altro altra altri altre qualche qualcosa qualcuno alcuni alcune niente nulla nessuno nessun nessuna già ancora solo soltanto sempre mai adesso ora oggi ieri qui qua lì là allora poi dopo prima stesso stessa favore senza fino verso secondo durante contro ecco",
  traits:
    "zione_, zioni_, gli, ch, gn, zz, ggi, cci, tà_, ità_, ù_, ì_, ò_, mente_, iamo_, ono_, etti, ello, elle_, quest, quel",
  script: null,
};
