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


FUNCTION_WORDS: Final = word_set(
    "appointed suggests here now email phone tel fax for and at by with from to of but or"
    " are is was were what when where why how who which our your their its this that these those"
    " it as if while because although can do does did will would should could may not also founded"
    " established headquartered about visit listen follow website formed launched learn read view"
    " click join see get has have had being been named nominated recognized recognised honored"
    " honoured earns unveiled appoints promotes hires announces launches unveils acquires joins"
    " adds welcomes wins raises interviews expands introduces selects receives secures completes"
    " celebrates ce cette ces cet nous vous ils elles leur leurs notre nos votre vos fondée fondé"
    " basée établie dont pour avec sont était visitez lisez suivez nomme acquiert"
)
"""Words that no name begins with, nor has within it with a capital letter, in lower case."""

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
    " brands games gaming robotics networks communications consulting logistics chamber task army"
    " navy productions attorneys associates records winery brewery realty theatre theater college"
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
    "guild offices academy administration agency association authority bank board bureau center"
    " centre chamber church city college commission committee community confederation conservatory"
    " council court department district faculty federation foundation friends government hospital"
    " house institute institution institutes laboratory league library ministry museum network"
    " observatory office organisation organization panel parliament partnership school secretariat"
    " society state town trust union university village"
)
"""Words that make the name of an organisation with ``of`` or ``for``."""

TOPIC_WORDS: Final = word_set(
    "life affairs agriculture arts analytics business commerce communications communication"
    " community compliance construction content culture customer data defence defense delivery"
    " design development digital diversity economics economy education energy engineering"
    " environment equity experience families finance financial fisheries global growth health"
    " housing human immigration inclusion industry information infrastructure innovation"
    " international investments investment investor justice labor labour law learning legal"
    " logistics manufacturing market marketing medicine mental natural operations partnerships"
    " people planning policy procurement product production products programs programmes public"
    " quality regulatory relations research resources revenue risk safety sales science sciences"
    " security service services social software staff state strategic strategy student students"
    " supply sustainability talent tax technical technology technologies tourism trade training"
    " transport transportation urban veterans women youth ai it hr r&d belonging builder"
    " communauté énergie médias médiatiques presse publiques gouvernementales communications"
    " culture développement données économie éducation enseignement environnement exploitation"
    " famille finances industrie innovation investissement justice marketing numérique opérations"
    " partenariats personnes produits programmes recherche relations ressources santé sciences"
    " stratégie technologie technologies tourisme transports travail ventes affaires supérieur"
    " cybersécurité internationales francophonie intelligence artificielle artificial machine"
    " securities oil gas food drug exchange prevention disease licensing commercialization retail"
    " wealth futures enterprise services growth field mergers acquisitions privacy advisory"
    " banking assets asset release releases press list distribution wealth private control parks"
    " recreation wildlife conservation elder veteran political computer rights civil"
)
"""Fields of work, which follow a role or a ministry and are not organisations themselves."""

_TITLES: Final = word_set(
    "president presidents vice-president chairman chairwoman chairperson chair co-chair ceo coo"
    " cfo cto cio cmo cso cpo cro cdo ciso chro svp evp avp vp founder co-founder cofounder"
    " founders director directors co-director officer manager partner head leader lead principal"
    " vice-principal provost dean chancellor vice-chancellor rector professor lecturer researcher"
    " scientist engineer economist analyst advisor adviser consultant counsel attorney lawyer"
    " minister secretary governor mayor senator representative ambassador commissioner deputy"
    " congressman congresswoman councillor councilmember judge spokesperson spokesman spokeswoman"
    " editor publisher author writer producer curator coordinator administrator executive owner"
    " co-owner treasurer trustee specialist architect designer developer physician doctor nurse"
    " surgeon pastor bishop coach captain host co-host member fellow laureate chef entrepreneur"
    " entrepreneur-in-residence inventor investigator collector strategist creator créateur"
    " créatrice practitioner speaker winemaker technologist educator instructor journalist"
    " filmmaker historian philanthropist undersecretary marketer evangelist treasurer chairwoman"
    " receptionist journaliste enseignant enseignante historien historienne cinéaste philanthrope"
    " coprésident coprésidente conservateur conservatrice supervisor superintendent expert"
    " operator broker associate actor artist président présidente vice-président vice-présidente"
    " pdg directeur directrice codirecteur codirectrice directeurs directrices chef cheffe"
    " fondateur fondatrice cofondateur cofondatrice co-fondateur co-fondatrice dirigeant"
    " dirigeante gérant gérante responsable professeur professeure chercheur chercheuse"
    " scientifique ingénieur ingénieure économiste analyste conseiller conseillère avocat avocate"
    " ministre ministres secrétaire gouverneur gouverneure maire mairesse premier-ministre"
    " sénateur sénatrice député députée ambassadeur ambassadrice commissaire porte-parole"
    " rédacteur rédactrice auteur auteure autrice écrivain coordonnateur coordonnatrice"
    " coordinateur coordinatrice administrateur administratrice associé associée trésorier"
    " trésorière recteur rectrice doyen doyenne délégué déléguée chargé chargée titulaire membre"
    " médecin infirmière attaché attachée entrepreneur entrepreneure lauréat lauréate"
    " mathématicien mathématicienne président-directeur présidente-directrice vice-recteur"
    " vice-rectrice vice-doyen vice-doyenne gestionnaire représentant représentante préfet préfète"
    " animateur animatrice réalisateur réalisatrice directeur-général associate-director"
)
ROLE_HEADS: Final = _TITLES | {f"co-{title}" for title in _TITLES}
"""Nouns that say what a person is; one of them makes words a role."""

ROLE_MODIFIERS: Final = word_set(
    "art production film music costume store shift network client game stage chief executive"
    " operating financial technology information marketing scientific medical commercial vice"
    " senior junior managing general deputy assistant associate acting interim regional national"
    " global group country founding co former honorary emeritus first second principal lead staff"
    " legal strategic corporate creative technical artistic musical program programme project"
    " product communications sales business revenue people human resources data digital security"
    " research board museum team policy state prime attorney lieutenant federal provincial press"
    " media public relations account investment portfolio development engineering innovation"
    " operations strategy growth clinical adjunct full tenured visiting distinguished world"
    " professional editorial content brand customer success channel practice independent lead"
    " chair général générale exécutif exécutive adjoint adjointe principal principale délégué"
    " déléguée scientifique artistique technique administratif administrative national nationale"
    " régional régionale international internationale mondial mondiale premier première honoraire"
    " émérite intérimaire fondateur fondatrice associé associée stratégique créatif créative"
    " financier financière commercial commerciale médical médicale juridique senior réputé réputée"
    " française français québécois québécoise ancien ancienne nouveau nouvelle municipal"
    " municipale"
)
"""Words beside the noun of a role."""

COMPANY_TITLES: Final = word_set(
    "ceo coo cfo cto cio cmo cso cpo cro cdo ciso chro svp evp avp vp president vice-president"
    " chairman chairwoman chairperson chair founder co-founder cofounder founders officer director"
    " manager head owner co-owner co-ceo spokesperson spokesman spokeswoman coordinator supervisor"
    " superintendent principal treasurer président présidente pdg directeur directrice"
    " vice-président vice-présidente fondateur fondatrice cofondateur cofondatrice co-fondateur"
    " co-fondatrice gestionnaire responsable coordonnateur coordonnatrice porte-parole"
    " président-directeur présidente-directrice gérant gérante"
)
"""Titles that are held at an organisation, named or not."""

TOP_TITLES: Final = word_set(
    "ceo coo cfo cto cio cmo cro president chairman chairwoman chairperson founder co-founder"
    " cofounder owner co-owner co-ceo"
)
"""Titles that are held at a whole organisation."""
TOP_MODIFIERS: Final = word_set(
    "vice executive group founding interim acting former past regional board managing deputy global"
    " chief senior assistant associate first second honorary emeritus national international"
    " junior lead co country general commercial"
)
"""Words beside them that are not the end of the organisation's name."""

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

PUBLIC_BODIES: Final = word_set(
    "sec fda usda finra epa nasa nih cdc ftc fcc fbi dod doe dot hhs nsf nist noaa faa fema usaid"
    " unesco unicef oecd nato undp unep ilo imf wto who ieee iso un icao itu ecb fca mhra ema crtc"
    " cnrs inserm inria cnes cea anr onu ocde otan oms fmi arc"
)
"""Acronyms of public bodies that texts seldom spell out."""

ORGANISATION_VERBS: Final = word_set(
    "excited thrilled delighted pleased proud honored retains retained donates donated contributes"
    " owns manages welcomed welcomes celebrates celebrated earned participates received receives"
    " acted acts announced announces announce acquired acquires launched launches launch unveiled"
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
    "|volunteering with|volunteers with|donation to|donations to|teaming with"
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
    "division arm unit company companies provider leader institute institution university firm"
    " platform organization organisation nonprofit non-profit charity startup start-up"
    " manufacturer developer supplier agency association foundation bank insurer retailer"
    " distributor network consortium subsidiary brand publisher publication newswire ecosystem"
    " laboratory lab center centre group community operator maker producer integrator consultancy"
    " investor fund accelerator incubator entreprise compagnie société organisme institution"
    " institut université chef leader fournisseur fabricant éditeur association fondation filiale"
    " réseau regroupement jeune-pousse organisation coopérative plateforme centre laboratoire pôle"
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
    "region sessions segment fellowship bursary award awards conference summit symposium symposia"
    " event prize act day week month year show dinner gala festival tournament cup championship"
    " championships bowl series agreement list ranking report index survey strategy plan road"
    " street avenue boulevard drive building tower hall venue park parkway district county city"
    " state room rooms book album song scholarship degree program programme project initiative"
    " challenge convention expo fair forum partnership collaboration acquisition launch statements"
    " statement information news releases release factors disclaimer details contact prix sommet"
    " conférence congrès salon forum festival loi rue boulevard plan stratégie mission journée"
    " semaine rapport programme projet matches collection model system platform suite collection"
    " solver technology solution solutions protocol token workbench ai-platform"
)
"""Last (English) words of names that are not organisations."""

NOT_NAMES: Final = word_set(
    "bestselling olympic paralympic vietnamese monday tuesday wednesday thursday friday saturday"
    " sunday january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec lundi mardi mercredi jeudi vendredi samedi"
    " dimanche janvier février mars avril mai juin juillet août septembre octobre novembre"
    " décembre i phd md ai ia it iot hr pr us usa uk eu un covid-19 covid q1 q2 q3 q4 h1 h2 usd"
    " cad eur gbp nasdaq nyse otc tsx tsxv cse amex otcqb otcqx lse ev esg b2b b2c saas api apis"
    " faq faqs gps pdf html www http https note disclaimer contact contacts email tel phone fax"
    " website url web brazilian russian turkish polish greek danish norwegian finnish belgian"
    " irish scottish welsh austrian czech hungarian portuguese argentinian colombian peruvian"
    " chilean nigerian kenyan egyptian moroccan pakistani vietnamese thai filipino indonesian"
    " malaysian taiwanese renowned english french spanish german italian chinese japanese american"
    " canadian european asian african swedish british mexican dutch latin hispanic indian"
    " australian israeli korean swiss internet nationwide worldwide online web3 defi nft nfts"
    " blockchain bitcoin ethereum crypto rna dna mrna llm llms ml vr ar earth god république"
    " republic state état christmas easter hanukkah thanksgiving covid asl tv dj cd dvd cto ceo"
    " coo cfo vip diy rsvp pm am pt et est edt pst cst gmt utc québécois québécoise français"
    " française canadien canadienne européen américain"
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
    "ana kari nils britt inês zoé sana leila omar don aaron abby abdul abdullah abigail ada adam"
    " adele aditya adriana adrien agnes ahmad ahmed aileen aisha ajay akira alain alan alana"
    " albert alberto alejandra alejandro alessandro alex alexa alexander alexandra alexandre"
    " alexis alfonso ali alice alicia alison allison alyssa amanda amber amelia amir amit amrit"
    " amy anand anaïs andrea andrei andres andrew andré angela angelica angie anil anita ann anna"
    " anne anne-marie annette annie anthony antoine anton antonio anwar arash ariana arjun arlene"
    " arnaud arthur arun ashlee ashley ashok asif audrey aurore aurélie ava aziz baptiste barb"
    " barbara beatrice becky belinda bella ben benjamin benoît bernard bertrand beth bethany betty"
    " beverly bill billy bob bobby bonnie brad bradley brandi brandon brenda brett brian brianna"
    " bridget brigitte brittany bruce bruno bryan camille candace carl carla carlo carlos carmen"
    " carol caroline carolyn carrie cassandra cassie catherine cathy chad chantal charlene charles"
    " charlotte cheri cheryl chloé chris christelle christian christina christine christophe"
    " christopher cindy claire clara claude claudia claudine claudio clément cody colleen connie"
    " constance corinne courtney craig cristina curtis cynthia cyril cécile cédric céline dale"
    " damien dan dana daniel daniela danielle danièle darlene darren dave david deanna deb debbie"
    " deborah debra deepak delia delphine denis denise dennis derek derrick desiree dev diana"
    " diane dianne didier diego dimitri dina dmitri dolores dominic dominique donald donna doreen"
    " doris dorothy doug douglas drew dustin dylan earl eddie eduardo edward edwin eileen elaine"
    " elena elijah eliza elizabeth ella ellen elsa emilio emily emma emmanuel emmanuelle enrique"
    " enzo eric erica erika erin ernest ernesto esteban estelle esther ethan eugene eva evan"
    " evelyn fabien fabienne fabio fabrice farhan fatima federico felipe felix fernando fiona"
    " flavie florian fran frances francesco francis francisco franck frank françois françoise fred"
    " frederick frédéric frédérique félix gabriel gabriela gabrielle gail gary gaurav gavin gaétan"
    " gaël gene geneviève geoff geoffrey george georges georgios gerald geraldine germain ghislain"
    " ghislaine gianni gilbert gilles gina giovanni gisèle giuseppe glenn gloria gordon grace"
    " graham greg gregory gretchen grégoire grégory guido guillaume gustavo guy gwen gérard hailey"
    " hamid hannah hans hao harold harry haruto harvey hassan heather hector heidi heinrich helen"
    " helmut henri henrik henry hilary hiroshi howard hubert hugh hugo huguette hussein hélène ian"
    " ibrahim igor imran ines ingrid irene irma isaac isabella isabelle ismail ivan jacinthe jack"
    " jackie jacob jacqueline jacques jake james jamie jan jana jane janeane janet janice janine"
    " jared jasmin jason javad javier jean jean-baptiste jean-claude jean-françois jean-louis"
    " jean-luc jean-marc jean-michel jean-paul jean-philippe jean-pierre jean-sébastien jean-yves"
    " jeanette jeanne jeff jeffery jeffrey jenna jennie jennifer jenny jeremy jerome jerry jess"
    " jesse jessica jill jim jimmy jo joan joanie joanna joanne joao jocelyn jocelyne jodi joe"
    " joel joey johan johann johanne john johnny jon jonas jonathan jordan jorge jose joseph"
    " josephine josh joshua josiane josie josée joyce joël joëlle juan juanita judi judith judy"
    " julia julian julie julie-anne julien juliette jung justin jérôme jürgen kamal kara karen"
    " karim karin karine karl karla kate katelyn katherine kathleen kathryn kathy katie katja"
    " katrina kay kayla keith kelly kelsey ken kendra kenji kenneth kerry kevin kimberly kiran"
    " kirk kirsten klaus krishna krista kristen kristin kristina kumar kurt kyle lana larry lars"
    " latoya laura lauren laurence laurent laurie lawrence leah len leon leonard leonardo leslie"
    " linda lindsay lindsey lionel lisa lise lloyd logan lois lola lorenzo loretta lori lorraine"
    " lou louis louis-philippe louise luc luca luciano lucie lucy ludovic luis luke lynda lyne"
    " lynn léa léon léonie mabel madeline madison mahesh mahmoud mandy manoj manon manuel marc"
    " marc-andré marc-antoine marcel marcelo marcia marco marcus marek margaret margarita maria"
    " mariana marianne marie marie-anne marie-claude marie-france marie-hélène marie-josée"
    " marie-pier marie-pierre marie-ève marilyn mario marion marjorie mark marla marlene marsha"
    " marta martha martin martine marvin mary mateo mathieu mathilde matt matteo matthew matthias"
    " maude maureen maxime maya maïté megan meghan mehdi melissa melvin mia micah michael michal"
    " michaël michel michele michelle michèle miguel mike mikhail mindy miranda mireille miriam"
    " mitchell mohamed mohammad mohammed mohan molly mona monique morgan mukesh muriel mustafa"
    " myra myriam mélanie nadia nadine nancy naomi natacha natalie natasha nathalie nathan naveen"
    " neil nicholas nick nicolas nicole niels nigel nikhil nikolai nikos nina noah noel nora norma"
    " norman normand noémie odile oleg olga oliver olivia olivier omar omer oscar otto owen pablo"
    " paige pam pamela paolo pascal pascale patricia patrick paul paul-andré paula pauline pavel"
    " pedro peggy perry peter petra phil philip philippe philippe-andré phyllis pierre pierre-luc"
    " pierre-yves prakash pratik preston priya priyanka quentin rachael rachel rafael rahul raj"
    " rajesh rakesh ralph raman ramesh ramon ramona randy raphaël raul ravi raymond rebecca regina"
    " reid renaud rene renee rhonda ricardo richard rick ricky rita rob robert roberta roberto"
    " robin robyn roch rodney rodrigo roger rohan rohit roland rolf romain ron ronald ronnie rosa"
    " rosemary ross roxane roxanne roy ruben rudy rupert russ russell ruth ryan régis réjean rémi"
    " sabine sabrina sally salvador sam samantha sammy samuel sandeep sandra sandrine sanjay"
    " santiago sara sarah satoshi saul scott sean selena serena serge sergei sergio seth shane"
    " shankar shannon sharon shaun shawn sheila shelby sheldon shelly sherri sherry shirley shreya"
    " sid silvia simon simon-pierre sofia solange sonia sonya sophia sophie spencer sridhar stacey"
    " stacy stan stanley stefan stefano stephanie stephen steve steven stu stuart stéphan stéphane"
    " stéphanie sunil suresh susan susie suzanne sven svetlana sylvain sylviane sylvie sébastien"
    " takashi tamara tammy tanya tara tariq ted teresa teri terrence terri terry tessa thea theo"
    " theodore theresa thiago thierry thomas thérèse tiffany tim timothy tina toby todd tom tomas"
    " tommy tomás toni tony tonya tracey tracy travis trevor trisha tristan troy tyler udo ugur"
    " uma umar uwe valentin valerie valérie vanessa vera vernon veronica vicki vickie victor"
    " victoria vijay vikram vince vincent vincent-pierre vinod virginia vivek vivian viviane"
    " vladimir véronique wade wallace walter wanda warren wayne wei wendy wesley whitney wilhelm"
    " william willie winston wolfgang xavier xiao yan yann yannick yasmin yolanda yoshua yuki"
    " yusuf yves yvette yvon yvonne zach zachariah zachary zoe zoé édith élisabeth élise éloïse"
    " émilie éric étienne"
)
"""Frequent first names; left out are those that are usual words too."""

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
