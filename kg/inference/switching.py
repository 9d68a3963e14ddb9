"""What follows, switched on: as statements and edges of the reports that it follows from."""

from kg.namespaces import PROV, RDF, RIE
from kg.triples import iris

SWITCH_ON = f"""INSERT {{
  GRAPH ?report {{
    ?subject ?predicate ?object .
    ?fact a <{RDF}Statement> ; ?property ?value .
  }}
}}
WHERE {{
  GRAPH ?inferred {{
    ?fact a <{RIE}InferredStatement> ; <{RDF}subject> ?subject ; <{RDF}predicate> ?predicate ; <{RDF}object> ?object ;
      <{PROV}wasGeneratedBy> ?run ; ?property ?value .
    ?run <{PROV}used> ?report .
    FILTER (STRSTARTS(STR(?report), "{iris.report_graph("").value}"))
  }}
}}"""
"""A SPARQL update after which every question, view and trace finds what follows beside what is said, still marked as inferred."""
