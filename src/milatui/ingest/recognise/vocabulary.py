"""Lists the words that recognition goes by, in English and French.

The lists are our own and short.  What they are modelled on: legal forms on ISO 20275 (ELF), heads
of names on the types of organisations in ROR, roles on the Standard Occupational Classification and
the Canadian NOC, verbs of speech on the class ``say-37.7`` of VerbNet, places on ISO 3166.  None
was taken from there or compared with it.
"""

# untranslated: words of texts, in both languages
from __future__ import annotations

from typing import Final


def word_set(words: str) -> frozenset[str]:
    """Returns the words of a text as a set."""
    return frozenset(words.split())


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split(";"))


LEGAL_FORMS: Final = word_set(
    "inc incorporated ltd limited llc llp lp plc corp corporation co company ag gmbh kg se sa sas"
    " sarl nv bv ab asa oy oyj spa srl pty pte ltée ltee limitée limitee enr snc senc kk"
)
"""Last words of company names, without dots."""

ORGANISATION_HEADS: Final = word_set(
    "academy administration agency alliance association authority bank board bureau center centre"
    " chamber charity club clinic college commission committee community confederation consortium"
    " cooperative corporation council court department division enterprises exchange faculty"
    " federation firm forum foundation fund government group guild holdings hospital hub incubator"
    " accelerator institute institution institutes laboratories laboratory labs lab league library"
    " ministry mission museum network observatory office organisation organization parliament"
    " partners partnership police polytechnic press school secretariat senate service services"
    " society studio studios superior syndicate systems team technologies trust union university"
    " ventures therapeutics pharmaceuticals pharma biosciences biotech sciences solutions software"
    " analytics capital securities airlines airways motors energy resources industries media"
    " entertainment bancorp healthcare health insurance credit gallery church ministries platforms"
    " brands games gaming robotics networks communications consulting logistics chamber task"
    " newswire times post journal herald gazette radio magazine"
)
"""Words that end, or head with ``of``, the English name of an organisation."""

GENERIC_TAILS: Final = LEGAL_FORMS | word_set(
    "group groupe holdings labs technologies technology systems materials platforms international"
    " global solutions foundation institute media energy resources project network partners"
    " industries enterprises therapeutics pharmaceuticals biosciences worldwide brands"
)
"""Words that a short form of a name leaves out."""

FRENCH_HEADS: Final = word_set(
    "académie administration agence alliance assemblée association autorité banque bureau caisse"
    " cabinet centre chaire chambre club collectif collège comité commission communauté compagnie"
    " confédération conseil consortium coopérative cour département direction école entreprise"
    " fédération fondation fonds forum gouvernement grappe groupe hôpital incubateur institut"
    " laboratoire laboratoires ligue mairie maison ministère mutuelle musée observatoire office"
    " ordre organisation orchestre parlement pôle polytechnique régie région regroupement réseau"
    " secrétariat société studio studios syndicat union université universités ville métropole"
    " théâtre chu cégep crédit tourisme aéroports port bibliothèque archives"
)
"""Words that begin the French name of an organisation."""

OF_NAMES: Final = word_set(
    "academy administration agency association authority bank board bureau center centre chamber"
    " church city college commission committee community confederation conservatory council court"
    " department district faculty federation foundation friends government hospital house institute"
    " institution institutes laboratory league library ministry museum network observatory office"
    " organisation organization panel parliament partnership school secretariat society state town"
    " trust union university village"
)
"""Words that make the name of an organisation with ``of`` or ``for``."""

TOPIC_WORDS: Final = word_set(
    "life affairs agriculture arts analytics business commerce communications communication"
    " community"
    " compliance construction content culture customer data defence defense delivery design"
    " development digital diversity economics economy education energy engineering environment"
    " equity experience families finance financial fisheries global growth health housing human"
    " immigration inclusion industry information infrastructure innovation international"
    " investments investment investor justice labor labour law learning legal logistics"
    " manufacturing market marketing medicine mental natural operations partnerships people"
    " planning policy procurement product production products programs programmes public quality"
    " regulatory relations research resources revenue risk safety sales science sciences security"
    " service services social software staff state strategic strategy student students"
    " supply sustainability talent tax technical technology technologies tourism trade training"
    " transport transportation urban veterans women youth ai it hr r&d belonging builder"
    " communauté énergie médias médiatiques presse publiques gouvernementales communications"
    " culture développement données économie éducation enseignement"
    " environnement exploitation famille finances industrie innovation investissement"
    " justice marketing numérique opérations partenariats personnes produits programmes recherche"
    " relations ressources santé sciences stratégie technologie technologies tourisme transports"
    " travail ventes affaires supérieur cybersécurité internationales francophonie intelligence"
    " artificielle artificial machine securities oil gas food drug exchange prevention disease"
    " licensing commercialization retail wealth futures enterprise services growth field"
    " control parks recreation wildlife conservation elder veteran political computer rights civil"
)
"""Fields of work, which follow a role or a ministry and are not organisations themselves."""

_TITLES: Final = word_set(
    "president presidents vice-president chairman chairwoman chairperson chair co-chair ceo coo cfo"
    " cto cio cmo cso cpo cro cdo ciso chro svp evp avp vp founder co-founder cofounder founders"
    " director directors co-director officer manager partner head leader lead principal"
    " vice-principal provost dean chancellor vice-chancellor rector professor lecturer researcher"
    " scientist engineer economist analyst advisor adviser consultant counsel attorney lawyer"
    " minister secretary governor mayor senator representative ambassador commissioner"
    " deputy congressman congresswoman councillor councilmember judge spokesperson spokesman"
    " spokeswoman editor publisher author writer producer curator coordinator administrator"
    " executive owner co-owner treasurer trustee specialist architect designer developer physician"
    " doctor nurse surgeon pastor bishop coach captain host co-host member fellow laureate chef"
    " entrepreneur entrepreneur-in-residence inventor investigator collector strategist"
    " supervisor superintendent expert operator broker associate actor artist"
    " président présidente vice-président vice-présidente pdg directeur directrice codirecteur"
    " codirectrice directeurs directrices chef cheffe fondateur fondatrice cofondateur"
    " cofondatrice co-fondateur co-fondatrice dirigeant dirigeante gérant gérante responsable"
    " professeur professeure chercheur chercheuse scientifique ingénieur ingénieure économiste"
    " analyste conseiller conseillère avocat avocate ministre ministres secrétaire gouverneur"
    " gouverneure maire mairesse premier-ministre sénateur sénatrice député députée ambassadeur"
    " ambassadrice commissaire porte-parole rédacteur rédactrice auteur auteure autrice"
    " écrivain coordonnateur coordonnatrice coordinateur coordinatrice administrateur"
    " administratrice associé associée trésorier trésorière recteur rectrice doyen doyenne"
    " délégué déléguée chargé chargée titulaire membre médecin infirmière attaché attachée"
    " entrepreneur entrepreneure lauréat lauréate mathématicien mathématicienne président-directeur"
    " présidente-directrice vice-recteur vice-rectrice vice-doyen vice-doyenne gestionnaire"
    " représentant représentante préfet préfète animateur animatrice réalisateur réalisatrice"
    " directeur-général associate-director"
)
ROLE_HEADS: Final = _TITLES | {f"co-{title}" for title in _TITLES}
"""Nouns that say what a person is; one of them makes words a role."""

ROLE_MODIFIERS: Final = word_set(
    "art production film music costume store shift network client game stage"
    " chief executive operating financial technology information marketing scientific medical"
    " commercial vice senior junior managing general deputy assistant associate acting interim"
    " regional national global group country founding co former honorary emeritus first second"
    " principal lead staff legal strategic corporate creative technical artistic musical program"
    " programme project product communications sales business revenue people human resources data"
    " digital security research board museum team policy state prime attorney lieutenant under"
    " federal provincial press media public relations account investment portfolio development"
    " engineering innovation operations strategy growth clinical adjunct full tenured visiting"
    " distinguished world professional editorial content brand customer success channel practice"
    " independent lead chair"
    " général générale exécutif exécutive adjoint adjointe principal principale délégué déléguée"
    " scientifique artistique technique administratif administrative national nationale régional"
    " régionale international internationale mondial mondiale premier première honoraire émérite"
    " intérimaire fondateur fondatrice associé associée stratégique financier financière commercial"
    " commerciale médical médicale juridique senior réputé réputée française français québécois"
    " québécoise ancien ancienne nouveau nouvelle municipal municipale"
)
"""Words beside the noun of a role."""

HONORIFICS: Final = word_set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady hon honourable honorable rev reverend"
    " fr sr capt col gen sgt lt president governor senator minister mayor"
    " m mm mme mmes mlle dre pr me maître monsieur madame messieurs mesdames docteur docteure"
    " professeur professeure l'honorable honorable"
)
"""Words before the name of a person that do not belong to it, without dots."""

CREDENTIALS: Final = word_set(
    "phd ph.d. ph.d md m.d. mba m.b.a. msc m.sc. bsc mpp mpa mph jd j.d. esq esq. cpa cfa cfp rn"
    " pharmd dds dvm edd ed.d. frsc frs oc o.c. c.m. cm oq o.q. cq ing ing. p.eng. peng eng mscrp"
    " fcpa fca ca dsc d.sc. dphil mfa ma m.a. ba b.a. llb ll.b. llm facs facp jr jr. sr sr. iii ii"
    " asc adm.a. crha mcic fcahs fase facc pmp dr med"
)
"""Degrees and distinctions after the name of a person."""

PARTICLES: Final = word_set("de da di du des del della la le van von der den ter el al bin ibn y e")
"""Words in lower case within the name of a person."""

ENGLISH_SAYING: Final = (
    "said says stated states added adds explained explains noted notes commented comments remarked"
    " remarks continued continues concluded concludes declared declares announced affirmed affirms"
    " shared shares emphasized emphasised emphasizes stressed stresses observed observes told"
    " recalled recalls confirmed confirms replied wrote writes argued argues highlighted highlights"
    " expressed enthused mentioned insisted reflected acknowledged"
)
FRENCH_SAYING: Final = (
    "affirme ajoute assure commente conclut confie confirme constate continue déclare dit estime"
    " explique exprime indique insiste lance mentionne note observe poursuit précise raconte"
    " rappelle remarque renchérit répond résume révèle soutient souligne témoigne annonce"
    " s'exclame s'enthousiasme s'étonne s'inquiète complète appuie souhaite enchaîne promet plaide"
)
FRENCH_SAID: Final = (
    "affirmé ajouté assuré commenté conclu confié confirmé constaté continué déclaré dit estimé"
    " expliqué exprimé indiqué insisté lancé mentionné noté observé poursuivi précisé raconté"
    " rappelé remarqué renchéri répondu résumé révélé soutenu souligné témoigné annoncé fait"
    " complété appuyé souhaité enchaîné promis plaidé réagi salué"
)
FRENCH_FEELING: Final = "réjouit félicite enthousiasme exclame étonne inquiète désole souvient"
"""Verbs of speech with ``se`` or ``s'``."""

ORGANISATION_VERBS: Final = word_set(
    "acted acts announced announces announce acquired acquires launched launches launch unveiled"
    " unveils"
    " introduces introduced partners partnered operates operates provides offers develops"
    " develops specializes specialises joins signs signed raised raises secures secured appoints"
    " appointed hires opens opened expands expanded collaborates collaborated employs manufactures"
    " delivers serves completes completed awarded releases released reported reports invests"
    " invested plans supports hosted hosts selects selected combines forge forges teams"
    " annonce annoncent annoncé lance lancent lancé acquiert ouvre ouvrent signe signent signé"
    " inaugure dévoile rejoint accueille propose offre développe investit s'associe s'associent"
    " emploie soutient compte regroupe rassemble réunit publie obtient recrute exploite"
)
"""Verbs whose subject is usually an organisation."""

PARTNER_PREPOSITIONS: Final = (
    "partnership with|partnerships with|partnered with|partnering with|partners with|partner with"
    "|collaboration with|collaborating with|collaborated with|collaborates with|collaborate with"
    "|agreement with|alliance with|contract with|venture with|association with|conjunction with"
    "|cooperation with|deal with|work with|works with|working with|worked with|teamed up with"
    "|team up with|teaming up with|integration with|relationship with|invested in|investment in"
    "|investment from|funding from|grant from|support from|support of|backed by|funded by"
    "|supported by|sponsored by|hosted by|powered by|owned by|founded by|acquired by|developed by"
    "|created by|financed by|led by|presented by|organized by|acquisition of|subsidiary of"
    "|division of|subsidiary|member of|customers of|selects|selected|choosing"
    "|distributed by|operated by|provided by|offered by|published by|association with"
    "|acquire|acquired|acquires|acquiring|engages|partnership between|collaboration between"
    "|join forces with|contract from|invest in|expertise of|team at|scientists at"
    "|researchers at|audited for|firm|listed on|along with"
    "|partenariat avec|collaboration avec|entente avec|accord avec|s'associe à|s'associe avec"
    "|associé à|contrat avec|alliance avec|soutien de|appui de|financé par|filiale de"
    "|partenariat entre|collaboration entre|création par|obtenues par|acquisition de|soutenu par"
    "|développé par|chez|codéveloppées par|organisé par|rejoint|concert avec|auprès de"
)
"""What stands before the name of an organisation that takes part."""

LISTING_WORDS: Final = (
    "such as|including|include|includes|like|namely|alongside|among them|players such as the"
    "|tels que|telles que|comme|notamment|dont|récentes de|as well as|avec"
)
"""What stands before a list of names."""

ORGANISATION_NOUNS: Final = word_set(
    "company companies provider leader institute institution university firm platform organization"
    " organisation nonprofit non-profit charity startup start-up manufacturer developer supplier"
    " agency association foundation bank insurer retailer distributor network consortium subsidiary"
    " brand publisher publication newswire ecosystem laboratory lab center centre group community"
    " operator maker producer integrator consultancy investor fund accelerator incubator"
    " entreprise compagnie société organisme institution institut université chef leader"
    " fournisseur"
    " fabricant éditeur association fondation filiale réseau regroupement jeune-pousse organisation"
    " coopérative plateforme centre laboratoire pôle"
)
"""Nouns that an organisation is described with (``X, a leading company``)."""

THING_NOUNS: Final = word_set(
    "platform technology technologies solution solutions product products system systems app"
    " software award awards conference summit symposium event program programme prize act"
    " protocol token tokens vaccine vaccines trial trials study report list ranking series award's"
    " edition dinner gala season game games exam certification certificate channel book"
    " plan strategy index model models suite device devices line cup championship day week month"
    " drive road street avenue boulevard building tower park hall venue room district bill law"
    " agreement certification sector sectors industry industries market markets scholarship"
    " scholarships degree standard standards project initiative"
)
"""Nouns after, or at the end of, names of things that are not organisations."""

EVENT_TAILS: Final = word_set(
    "award awards conference summit symposium symposia event prize act day week month year show"
    " dinner gala festival tournament cup championship championships bowl series agreement"
    " list ranking report index survey strategy plan road street avenue boulevard drive building"
    " tower hall venue park parkway district county city state room rooms book album song"
    " scholarship degree program programme project initiative challenge convention expo fair forum"
    " partnership collaboration acquisition launch statements statement information news releases"
    " release factors disclaimer details contact"
    " prix sommet conférence congrès salon forum festival loi rue boulevard plan stratégie mission"
    " journée semaine rapport programme projet matches collection model system platform suite"
    " collection solver technology solution solutions protocol token workbench ai-platform"
)
"""Last (English) words of names that are not organisations."""

NOT_NAMES: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december jan feb mar apr jun jul aug sep sept oct nov"
    " dec lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin"
    " juillet août septembre octobre novembre décembre"
    " i phd md ai ia it iot hr pr us usa uk eu un covid-19 covid q1 q2 q3 q4 h1 h2 usd cad eur gbp"
    " nasdaq nyse otc tsx tsxv cse amex otcqb otcqx lse ev esg b2b b2c saas api apis faq faqs gps"
    " pdf html www http https note disclaimer contact contacts email tel phone fax website url web"
    " brazilian russian turkish polish greek danish norwegian finnish belgian irish scottish welsh"
    " austrian czech hungarian portuguese argentinian colombian peruvian chilean nigerian kenyan"
    " egyptian moroccan pakistani vietnamese thai filipino indonesian malaysian taiwanese renowned"
    " english french spanish german italian chinese japanese american canadian european asian"
    " african swedish british mexican dutch latin hispanic indian australian israeli korean swiss"
    " internet nationwide worldwide online web3 defi nft nfts blockchain bitcoin ethereum crypto"
    " rna dna mrna llm llms ml vr ar"
    " earth god république republic state état christmas easter hanukkah thanksgiving"
    " covid asl tv dj cd dvd cto ceo coo cfo vip diy rsvp pm am pt et est edt pst cst gmt utc"
    " québécois québécoise français française canadien canadienne européen américain"
)
"""Words with a capital letter that name no organisation by themselves, in lower case."""

PLACES: Final = _names(
    "afghanistan;albania;algeria;andorra;angola;argentina;armenia;australia;austria;"
    "azerbaijan;bahrain;bangladesh;barbados;belarus;belgium;belize;benin;bhutan;bolivia;"
    "bosnia;botswana;brazil;brunei;bulgaria;burkina faso;burundi;cambodia;cameroon;canada;"
    "chad;chile;china;colombia;congo;costa rica;croatia;cuba;cyprus;czech republic;denmark;"
    "djibouti;dominica;ecuador;egypt;el salvador;estonia;ethiopia;fiji;finland;france;"
    "gabon;gambia;georgia;germany;ghana;greece;grenada;guatemala;guinea;guyana;haiti;"
    "honduras;hungary;iceland;india;indonesia;iran;iraq;ireland;israel;italy;ivory coast;"
    "jamaica;japan;jordan;kazakhstan;kenya;kosovo;kuwait;laos;latvia;lebanon;liberia;libya;"
    "lithuania;luxembourg;madagascar;malawi;malaysia;maldives;mali;malta;mauritius;mexico;"
    "moldova;monaco;mongolia;montenegro;morocco;mozambique;myanmar;namibia;nepal;"
    "netherlands;new zealand;nicaragua;niger;nigeria;norway;oman;pakistan;panama;paraguay;"
    "peru;philippines;poland;portugal;qatar;romania;russia;rwanda;samoa;saudi arabia;"
    "senegal;serbia;singapore;slovakia;slovenia;somalia;south africa;south korea;spain;"
    "sri lanka;sudan;suriname;sweden;switzerland;syria;taiwan;tanzania;thailand;togo;"
    "trinidad;tunisia;turkey;uganda;ukraine;united arab emirates;uae;united kingdom;"
    "united states;uruguay;uzbekistan;venezuela;vietnam;yemen;zambia;zimbabwe;allemagne;"
    "angleterre;argentine;australie;autriche;belgique;brésil;cameroun;chili;chine;colombie;"
    "corée du sud;corée;danemark;égypte;espagne;états-unis;finlande;grèce;hongrie;inde;"
    "indonésie;irlande;islande;israël;italie;japon;liban;maroc;mexique;norvège;"
    "nouvelle-zélande;pays-bas;pologne;roumanie;royaume-uni;russie;sénégal;suède;suisse;"
    "thaïlande;tunisie;turquie;afrique;amérique;amériques;asie;europe;océanie;africa;"
    "america;asia;oceania;north america;south america;latin america;central america;"
    "middle east;asia-pacific;indo-pacific;eastern europe;central europe;"
    "central eastern europe;caribbean;scandinavia;england;scotland;wales;northern ireland;"
    "amérique du nord;great britain;u.s;u.s.;u.k.;d.c.;b.c.;washington dc;washington, d.c.;"
    "alabama;alaska;arizona;arkansas;california;colorado;connecticut;delaware;florida;"
    "hawaii;idaho;illinois;indiana;iowa;kansas;kentucky;louisiana;maine;maryland;"
    "massachusetts;michigan;minnesota;mississippi;missouri;montana;nebraska;nevada;"
    "new hampshire;new jersey;new mexico;new york;north carolina;north dakota;ohio;"
    "oklahoma;oregon;pennsylvania;rhode island;south carolina;south dakota;tennessee;texas;"
    "utah;vermont;virginia;washington;west virginia;wisconsin;wyoming;ontario;quebec;"
    "québec;british columbia;alberta;manitoba;saskatchewan;nova scotia;new brunswick;"
    "newfoundland;labrador;prince edward island;yukon;nunavut;colombie-britannique;"
    "nouvelle-écosse;nouveau-brunswick;terre-neuve;new york city;los angeles;chicago;"
    "houston;phoenix;philadelphia;san antonio;san diego;dallas;san jose;austin;"
    "jacksonville;fort worth;columbus;charlotte;san francisco;indianapolis;seattle;denver;"
    "boston;el paso;nashville;detroit;oklahoma city;portland;las vegas;memphis;louisville;"
    "baltimore;milwaukee;albuquerque;tucson;fresno;sacramento;kansas city;mesa;atlanta;"
    "omaha;colorado springs;raleigh;miami;long beach;virginia beach;oakland;minneapolis;"
    "tulsa;tampa;arlington;new orleans;cleveland;cincinnati;pittsburgh;st. louis;orlando;"
    "santa fe;palo alto;silicon valley;cambridge;scottsdale;salt lake city;honolulu;"
    "fort lauderdale;boca raton;irvine;santa clara;mountain view;menlo park;brooklyn;"
    "manhattan;hollywood;toronto;montreal;montréal;vancouver;calgary;edmonton;ottawa;"
    "winnipeg;quebec city;hamilton;kitchener;waterloo;halifax;mississauga;burnaby;laval;"
    "gatineau;sherbrooke;trois-rivières;longueuil;saguenay;lévis;victoria;saskatoon;regina;"
    "markham;mile-ex;rimouski;london;paris;berlin;madrid;rome;vienna;brussels;amsterdam;"
    "rotterdam;delft;munich;hamburg;frankfurt;cologne;zurich;geneva;lausanne;milan;turin;"
    "barcelona;lisbon;porto;dublin;edinburgh;glasgow;manchester;oxford;bristol;stockholm;"
    "gothenburg;oslo;copenhagen;helsinki;warsaw;krakow;prague;budapest;bucharest;sofia;"
    "athens;istanbul;kyiv;moscow;lyon;marseille;toulouse;lille;bordeaux;nantes;strasbourg;"
    "grenoble;rennes;nice;montpellier;londres;genève;bruxelles;vienne;lisbonne;barcelone;"
    "tokyo;osaka;kyoto;seoul;beijing;shanghai;shenzhen;hong kong;taipei;bangkok;jakarta;"
    "manila;hanoi;kuala lumpur;delhi;new delhi;mumbai;bangalore;bengaluru;chennai;"
    "hyderabad;karachi;dhaka;dubai;abu dhabi;doha;riyadh;tel aviv;jerusalem;cairo;"
    "casablanca;lagos;nairobi;johannesburg;cape town;accra;dakar;sydney;melbourne;brisbane;"
    "perth;auckland;mexico city;bogota;lima;santiago;buenos aires;sao paulo;rio de janeiro;"
    "davos;sierra leone;puerto rico;porto rico;san juan;beverly hills;bermuda;guam;"
    "lone star state;bay area;west coast;east coast;eu;african;gulf;maritimes;atlantic"
)
"""Countries, states, provinces, continents and large cities, in lower case."""

FIRST_NAMES: Final = word_set(
    "james john robert michael william david richard joseph thomas charles christopher daniel"
    " matthew anthony mark donald steven steve paul andrew joshua kenneth kevin brian george edward"
    " ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin"
    " scott"
    " brandon benjamin samuel gregory greg frank alexander alex raymond patrick jack dennis jerry"
    " tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy harold"
    " keith"
    " christian roger noah gerald carl terry sean arthur lawrence jesse dylan bryan joe jordan"
    " billy"
    " bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell"
    " elijah"
    " louis bobby philip johnny mike chris dan tom jim bob bill tim matt tony jeff rob ben sam"
    " mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty"
    " margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah"
    " stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma"
    " nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather"
    " diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith"
    " megan"
    " andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice"
    " jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly"
    " isabella"
    " theresa diana natalie brittany charlotte marie kayla alexis lori kate jane"
    " pierre michel andré philippe alain bernard jacques françois christophe nicolas laurent"
    " frédéric"
    " olivier sébastien thierry éric patrick pascal stéphane guillaume vincent bruno jérôme antoine"
    " gérard jean-pierre jean-françois marc yves gilles julien alexandre mathieu maxime luc denis"
    " benoît hugo étienne martin louis-philippe rémi xavier sylvain claude serge guy normand réjean"
    " nathalie isabelle sylvie catherine martine christine valérie sandrine stéphanie véronique"
    " sophie céline chantal patricia anne brigitte aurélie caroline élise geneviève hélène julie"
    " laurence lucie manon mélanie monique nadine pascale sonia valérie josée marie-claude émilie"
    " marie-josée dominique claire camille léa chloé juliette françoise"
    " mohamed ahmed ali fatima hassan omar wei yoshua ravi sanjay priya raj carlos luis miguel"
)
"""Frequent first names in Canada, the United States and France."""

PEOPLE_NOUNS: Final = word_set(
    "people persons researchers scientists students employees professionals members users"
    " participants professors graduates patients customers experts engineers developers builders"
    " interns workers staff attendees guests visitors citizens residents women men children adults"
    " youth volunteers clients subscribers followers artists players companies' trainees fellows"
    " quebecers canadians americans individuals families veterans donors executives teachers"
    " learners readers viewers physicians doctors nurses leaders specialists consultants retirees"
    " jobs faculty postdocs seniors caregivers entrepreneurs homebuilders spectators farmers"
    " personnes chercheurs chercheuses scientifiques étudiants étudiantes employés employées"
    " membres utilisateurs participants participantes professeurs professeures diplômés patients"
    " clients experts ingénieurs développeurs stagiaires travailleurs travailleuses collaborateurs"
    " visiteurs citoyens résidents femmes hommes enfants adultes jeunes bénévoles abonnés"
    " spécialistes professionnels salariés habitants spectateurs invités panélistes emplois"
    " entrepreneurs"
    " personnels leaders médecins enseignants élèves familles postes adhérents millionaires"
)
"""Nouns for people, who are counted in the unit ``people``."""
