# The rules of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules,
# tables 4 to 9) as SPARQL 1.1 updates. Send this file to a store again and again until its number of triples stays the
# same: then the default graph has all that follows from it. Each rule stands under its name in the tables.
#
# Left out is what tells nothing: that a thing is the same as itself and a class or property below and equivalent to
# itself (eq-ref, half of scm-cls, scm-op and scm-dp), the axioms about the vocabulary itself (cls-thing, cls-nothing1,
# prp-ap, dt-type1), and the datatypes of literals (dt-type2, dt-eq, dt-diff), because a literal is never a subject.
# That everything is an owl:Thing is only said where it has consequences.
#
# The rules that conclude a contradiction are the queries in clashes/.
#
# Two limits: SPARQL cannot follow a property chain of any length, so there is a rule for each length from 1 to 4; and
# a property must have a name, because nothing can be inserted with a blank node as its property.

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# Table 4: equality

# eq-sym
INSERT { ?y owl:sameAs ?x }
WHERE { ?x owl:sameAs ?y FILTER(!isLiteral(?y)) } ;

# eq-trans
INSERT { ?x owl:sameAs ?z }
WHERE { ?x owl:sameAs ?y . ?y owl:sameAs ?z FILTER(?x != ?z) } ;

# eq-rep-s
INSERT { ?t ?p ?o }
WHERE { ?s owl:sameAs ?t FILTER(?s != ?t && !isLiteral(?t)) ?s ?p ?o FILTER(?p != owl:sameAs || ?t != ?o) } ;

# eq-rep-p
INSERT { ?s ?q ?o }
WHERE { ?p owl:sameAs ?q FILTER(?p != ?q) ?s ?p ?o FILTER(?q != owl:sameAs || ?s != ?o) } ;

# eq-rep-o
INSERT { ?s ?p ?t }
WHERE { ?o owl:sameAs ?t FILTER(?o != ?t) ?s ?p ?o FILTER(?p != owl:sameAs || ?s != ?t) } ;

# eq-rep-o
# from a literal to the thing that is the same, which eq-sym cannot give
INSERT { ?s ?p ?t }
WHERE { ?t owl:sameAs ?o FILTER(isLiteral(?o)) ?s ?p ?o FILTER(?p != owl:sameAs || ?s != ?t) } ;

# Table 5: properties

# prp-dom
INSERT { ?x a ?c }
WHERE { ?p rdfs:domain ?c . ?x ?p ?y } ;

# prp-rng
INSERT { ?y a ?c }
WHERE { ?p rdfs:range ?c . ?x ?p ?y FILTER(!isLiteral(?y)) } ;

# prp-fp
INSERT { ?y owl:sameAs ?z }
WHERE { ?p a owl:FunctionalProperty . ?x ?p ?y , ?z FILTER(!sameTerm(?y, ?z) && !isLiteral(?y)) } ;

# prp-ifp
INSERT { ?x owl:sameAs ?y }
WHERE { ?p a owl:InverseFunctionalProperty . ?x ?p ?z . ?y ?p ?z FILTER(?x != ?y) } ;

# prp-symp
INSERT { ?y ?p ?x }
WHERE { ?p a owl:SymmetricProperty . ?x ?p ?y FILTER(!isLiteral(?y)) } ;

# prp-trp
INSERT { ?x ?p ?z }
WHERE { ?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z FILTER(?p != owl:sameAs || ?x != ?z) } ;

# prp-spo1
INSERT { ?x ?q ?y }
WHERE { ?p rdfs:subPropertyOf ?q . ?x ?p ?y FILTER(?q != owl:sameAs || !sameTerm(?x, ?y)) } ;

# prp-spo2
# a chain of one
INSERT { ?x0 ?p ?x1 }
WHERE {
  ?p owl:propertyChainAxiom ?l1 .
  ?l1 rdf:first ?p1 ; rdf:rest rdf:nil .
  ?x0 ?p1 ?x1 .
} ;

# prp-spo2
# a chain of two
INSERT { ?x0 ?p ?x2 }
WHERE {
  ?p owl:propertyChainAxiom ?l1 .
  ?l1 rdf:first ?p1 ; rdf:rest ?l2 .
  ?l2 rdf:first ?p2 ; rdf:rest rdf:nil .
  ?x0 ?p1 ?x1 . ?x1 ?p2 ?x2 .
} ;

# prp-spo2
# a chain of three
INSERT { ?x0 ?p ?x3 }
WHERE {
  ?p owl:propertyChainAxiom ?l1 .
  ?l1 rdf:first ?p1 ; rdf:rest ?l2 .
  ?l2 rdf:first ?p2 ; rdf:rest ?l3 .
  ?l3 rdf:first ?p3 ; rdf:rest rdf:nil .
  ?x0 ?p1 ?x1 . ?x1 ?p2 ?x2 . ?x2 ?p3 ?x3 .
} ;

# prp-spo2
# a chain of four
INSERT { ?x0 ?p ?x4 }
WHERE {
  ?p owl:propertyChainAxiom ?l1 .
  ?l1 rdf:first ?p1 ; rdf:rest ?l2 .
  ?l2 rdf:first ?p2 ; rdf:rest ?l3 .
  ?l3 rdf:first ?p3 ; rdf:rest ?l4 .
  ?l4 rdf:first ?p4 ; rdf:rest rdf:nil .
  ?x0 ?p1 ?x1 . ?x1 ?p2 ?x2 . ?x2 ?p3 ?x3 . ?x3 ?p4 ?x4 .
} ;

# prp-eqp1
INSERT { ?x ?q ?y }
WHERE { ?p owl:equivalentProperty ?q . ?x ?p ?y FILTER(?q != owl:sameAs || !sameTerm(?x, ?y)) } ;

# prp-eqp2
INSERT { ?x ?p ?y }
WHERE { ?p owl:equivalentProperty ?q . ?x ?q ?y FILTER(?p != owl:sameAs || !sameTerm(?x, ?y)) } ;

# prp-inv1
INSERT { ?y ?q ?x }
WHERE { ?p owl:inverseOf ?q . ?x ?p ?y FILTER(!isLiteral(?y)) } ;

# prp-inv2
INSERT { ?y ?p ?x }
WHERE { ?p owl:inverseOf ?q . ?x ?q ?y FILTER(!isLiteral(?y)) } ;

# prp-key
# the first key brings the two together, and there is none in which they differ
INSERT { ?x owl:sameAs ?y }
WHERE {
  ?c owl:hasKey ?keys .
  ?keys rdf:first ?first .
  ?x a ?c ; ?first ?value .
  ?y ?first ?value ; a ?c .
  FILTER(?x != ?y)
  FILTER NOT EXISTS {
    ?keys rdf:rest*/rdf:first ?key
    FILTER NOT EXISTS { ?x ?key ?both . ?y ?key ?both }
  }
} ;

# Table 6: classes

# cls-int1
INSERT { ?x a ?c }
WHERE {
  ?c owl:intersectionOf ?parts .
  ?parts rdf:first ?first .
  ?x a ?first .
  FILTER NOT EXISTS {
    ?parts rdf:rest*/rdf:first ?part
    FILTER NOT EXISTS { ?x a ?part }
  }
} ;

# cls-int2
INSERT { ?x a ?part }
WHERE { ?c owl:intersectionOf/rdf:rest*/rdf:first ?part . ?x a ?c } ;

# cls-uni
INSERT { ?x a ?c }
WHERE { ?c owl:unionOf/rdf:rest*/rdf:first ?part . ?x a ?part } ;

# cls-svf1
INSERT { ?x a ?r }
WHERE { ?r owl:someValuesFrom ?c ; owl:onProperty ?p . ?x ?p ?y . ?y a ?c } ;

# cls-svf2
INSERT { ?x a ?r }
WHERE { ?r owl:someValuesFrom owl:Thing ; owl:onProperty ?p . ?x ?p ?y } ;

# cls-avf
INSERT { ?y a ?c }
WHERE { ?r owl:allValuesFrom ?c ; owl:onProperty ?p . ?x a ?r ; ?p ?y FILTER(!isLiteral(?y)) } ;

# cls-hv1
INSERT { ?x ?p ?y }
WHERE { ?r owl:hasValue ?y ; owl:onProperty ?p . ?x a ?r } ;

# cls-hv2
INSERT { ?x a ?r }
WHERE { ?r owl:hasValue ?y ; owl:onProperty ?p . ?x ?p ?y } ;

# cls-maxc2
INSERT { ?y owl:sameAs ?z }
WHERE {
  ?r owl:maxCardinality ?one ; owl:onProperty ?p FILTER(?one = 1)
  ?x a ?r ; ?p ?y , ?z FILTER(!sameTerm(?y, ?z) && !isLiteral(?y))
} ;

# cls-maxqc3
INSERT { ?y owl:sameAs ?z }
WHERE {
  ?r owl:maxQualifiedCardinality ?one ; owl:onProperty ?p ; owl:onClass ?c FILTER(?one = 1)
  ?x a ?r ; ?p ?y , ?z .
  ?y a ?c . ?z a ?c FILTER(?y != ?z)
} ;

# cls-maxqc4
INSERT { ?y owl:sameAs ?z }
WHERE {
  ?r owl:maxQualifiedCardinality ?one ; owl:onProperty ?p ; owl:onClass owl:Thing FILTER(?one = 1)
  ?x a ?r ; ?p ?y , ?z FILTER(!sameTerm(?y, ?z) && !isLiteral(?y))
} ;

# cls-oo
INSERT { ?x a ?c }
WHERE { ?c owl:oneOf/rdf:rest*/rdf:first ?x FILTER(!isLiteral(?x)) } ;

# Table 7: class axioms

# cax-sco
INSERT { ?x a ?d }
WHERE { ?c rdfs:subClassOf ?d . ?x a ?c } ;

# cax-eqc1
INSERT { ?x a ?d }
WHERE { ?c owl:equivalentClass ?d . ?x a ?c } ;

# cax-eqc2
INSERT { ?x a ?c }
WHERE { ?c owl:equivalentClass ?d . ?x a ?d } ;

# Table 9: the schema

# scm-cls
# with cls-thing and cls-nothing1; only where owl:Thing or owl:Nothing is more than the end of a hierarchy
INSERT {
  owl:Thing a owl:Class .
  owl:Nothing a owl:Class ; rdfs:subClassOf ?c .
  ?c rdfs:subClassOf owl:Thing .
}
WHERE {
  { ?c a owl:Class } UNION { VALUES ?c { owl:Thing owl:Nothing } }
  FILTER(
    EXISTS { owl:Thing ?p ?o FILTER(?p != rdf:type && ?o != owl:Thing) } ||
    EXISTS { owl:Nothing ?p ?o FILTER(?p NOT IN (rdf:type, rdfs:subClassOf)) } ||
    EXISTS {
      ?s ?p owl:Thing
      FILTER(?p NOT IN (rdf:type, rdfs:subClassOf, rdfs:domain, rdfs:range) && ?s != owl:Thing)
    } ||
    EXISTS { ?s ?p owl:Nothing FILTER(?s != owl:Nothing) }
  )
} ;

# scm-cls
# with eq-rep-o: a class is below and equivalent to what is the same
INSERT { ?c rdfs:subClassOf ?d ; owl:equivalentClass ?d }
WHERE { ?c a owl:Class ; owl:sameAs ?d FILTER(?c != ?d) } ;

# scm-sco
INSERT { ?c rdfs:subClassOf ?e }
WHERE { ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?e FILTER(?c != ?e) } ;

# scm-eqc1
INSERT { ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?c }
WHERE { ?c owl:equivalentClass ?d FILTER(?c != ?d && !isLiteral(?d)) } ;

# scm-eqc2
INSERT { ?c owl:equivalentClass ?d }
WHERE { ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?c FILTER(?c != ?d) } ;

# scm-op
# with eq-rep-o: a property is below and equivalent to what is the same
INSERT { ?p rdfs:subPropertyOf ?q ; owl:equivalentProperty ?q }
WHERE { ?p a owl:ObjectProperty ; owl:sameAs ?q FILTER(?p != ?q) } ;

# scm-dp
INSERT { ?p rdfs:subPropertyOf ?q ; owl:equivalentProperty ?q }
WHERE { VALUES ?kind { owl:DatatypeProperty rdf:Property } ?p a ?kind ; owl:sameAs ?q FILTER(?p != ?q) } ;

# scm-spo
INSERT { ?p rdfs:subPropertyOf ?r }
WHERE { ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r FILTER(?p != ?r) } ;

# scm-eqp1
INSERT { ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p }
WHERE { ?p owl:equivalentProperty ?q FILTER(?p != ?q && !isLiteral(?q)) } ;

# scm-eqp2
INSERT { ?p owl:equivalentProperty ?q }
WHERE { ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p FILTER(?p != ?q) } ;

# scm-dom1
INSERT { ?p rdfs:domain ?d }
WHERE { ?p rdfs:domain ?c . ?c rdfs:subClassOf ?d } ;

# scm-dom2
INSERT { ?p rdfs:domain ?c }
WHERE { ?q rdfs:domain ?c . ?p rdfs:subPropertyOf ?q } ;

# scm-rng1
INSERT { ?p rdfs:range ?d }
WHERE { ?p rdfs:range ?c . ?c rdfs:subClassOf ?d } ;

# scm-rng2
INSERT { ?p rdfs:range ?c }
WHERE { ?q rdfs:range ?c . ?p rdfs:subPropertyOf ?q } ;

# scm-hv
INSERT { ?r rdfs:subClassOf ?s }
WHERE {
  ?r owl:hasValue ?y ; owl:onProperty ?p .
  ?s owl:hasValue ?y ; owl:onProperty ?q .
  FILTER(?r != ?s)
  FILTER(EXISTS { ?p rdfs:subPropertyOf ?q } || (?p = ?q && EXISTS {
    VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty rdf:Property } ?p a ?kind }))
} ;

# scm-svf1
INSERT { ?r rdfs:subClassOf ?s }
WHERE {
  ?r owl:someValuesFrom ?c ; owl:onProperty ?p .
  ?s owl:someValuesFrom ?d ; owl:onProperty ?p .
  FILTER(?r != ?s)
  FILTER(EXISTS { ?c rdfs:subClassOf ?d } || (?c = ?d && EXISTS { ?c a owl:Class }))
} ;

# scm-svf2
INSERT { ?r rdfs:subClassOf ?s }
WHERE {
  ?r owl:someValuesFrom ?c ; owl:onProperty ?p .
  ?s owl:someValuesFrom ?c ; owl:onProperty ?q .
  FILTER(?r != ?s)
  FILTER(EXISTS { ?p rdfs:subPropertyOf ?q } || (?p = ?q && EXISTS {
    VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty rdf:Property } ?p a ?kind }))
} ;

# scm-avf1
INSERT { ?r rdfs:subClassOf ?s }
WHERE {
  ?r owl:allValuesFrom ?c ; owl:onProperty ?p .
  ?s owl:allValuesFrom ?d ; owl:onProperty ?p .
  FILTER(?r != ?s)
  FILTER(EXISTS { ?c rdfs:subClassOf ?d } || (?c = ?d && EXISTS { ?c a owl:Class }))
} ;

# scm-avf2
INSERT { ?s rdfs:subClassOf ?r }
WHERE {
  ?r owl:allValuesFrom ?c ; owl:onProperty ?p .
  ?s owl:allValuesFrom ?c ; owl:onProperty ?q .
  FILTER(?r != ?s)
  FILTER(EXISTS { ?p rdfs:subPropertyOf ?q } || (?p = ?q && EXISTS {
    VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty rdf:Property } ?p a ?kind }))
} ;

# scm-int
INSERT { ?c rdfs:subClassOf ?part }
WHERE { ?c owl:intersectionOf/rdf:rest*/rdf:first ?part FILTER(?c != ?part) } ;

# scm-uni
INSERT { ?part rdfs:subClassOf ?c }
WHERE { ?c owl:unionOf/rdf:rest*/rdf:first ?part FILTER(?c != ?part && !isLiteral(?part)) }
