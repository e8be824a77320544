//! Samples of SDMX-JSON, whole and damaged.

use super::super::{
    ColumnRole,
    tests::{only, read},
};

const AREA: &str = r#"{"id":"REF_AREA","values":[{"id":"GHA","name":"Ghana"},{"id":"KEN","name":"Kenya"}]}"#;
const TIME: &str =
    r#"{"id":"TIME_PERIOD","values":[{"id":"2019","name":"2019"},{"id":"2020","name":"2020"}]}"#;
const FREQ: &str = r#"{"id":"FREQ","values":[{"id":"A"}]}"#;
const STATUS: &str = r#"{"id":"OBS_STATUS","values":[{"id":"E","name":"Estimated"}]}"#;

#[test]
fn series_of_version_1() {
    let text = format!(
        r#"{{"header":{{"prepared":"2026-01-01","sender":{{"id":"X","name":"X office"}}}},
        "dataSets":[{{"action":"Information","series":{{"0:0":{{"attributes":[],"observations":{{"0":[1.5,0],"1":[null,null]}}}},
          "0:1":{{"observations":{{"1":["3"],"2":[4],"x":[5],"0":6}}}},"0:7":{{"observations":{{"0":[7],"1":[8]}}}},"0":5}}}}],
        "structure":{{"name":"Lives","dimensions":{{"series":[{FREQ},{AREA}],"observation":[{TIME}]}},
          "attributes":{{"observation":[{STATUS}]}}}}}}"#
    );
    let table = only(&text);
    assert_eq!(
        table.text,
        "FREQ,REF_AREA,REF_AREA label,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nA,GHA,Ghana,2019,1.5,E\n\
         A,GHA,Ghana,2020,,\nA,KEN,Kenya,2020,3,\n"
    );
    assert_eq!(table.left_out, 6);
    assert_eq!(table.place.path(3, "OBS_VALUE", 4), "$.dataSets[0].series[\"0:1\"].observations[\"1\"][0]");
    assert_eq!(table.place.path(1, "OBS_STATUS", 5), "$.dataSets[0].series[\"0:0\"].observations[\"0\"][1]");
    assert_eq!(table.place.path(1, "REF_AREA", 1), "$.structure.dimensions.series[1]");
    assert_eq!(table.about.source.as_deref(), Some("X office"));
    assert_eq!(table.about.title.as_deref(), Some("Lives"));
    let roles = &table.about.roles;
    assert!(roles.contains(&("REF_AREA".to_owned(), ColumnRole::CountryCode)));
    assert!(roles.contains(&("REF_AREA label".to_owned(), ColumnRole::CountryName)));
    assert!(roles.contains(&("TIME_PERIOD".to_owned(), ColumnRole::Edition)));
    assert!(roles.contains(&("OBS_STATUS".to_owned(), ColumnRole::Status)));
}

#[test]
fn flat_observations_of_version_2() {
    let text = format!(
        r#"{{"meta":{{"prepared":"2026"}},"data":{{"dataSets":[{{"structure":0,"observations":{{"0:1":[2,null],"1:0":[3,"free"],
          "1:0:0":[9],"1":[9],"0:0":[1,5],"":[1]}}}}],
        "structures":[{{"name":"T","dimensions":{{"dataSet":[{FREQ}],"observation":[{AREA},{TIME}]}},
          "measures":{{"observation":[{{"id":"OBS_VALUE"}}]}},"attributes":{{"observation":[{STATUS}]}}}}]}}}}"#
    );
    let table = only(&text);
    assert_eq!(
        table.text,
        "FREQ,REF_AREA,REF_AREA label,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nA,GHA,Ghana,2020,2,\n\
         A,KEN,Kenya,2019,3,free\n"
    );
    assert_eq!(table.left_out, 4);
    assert_eq!(table.place.path(2, "OBS_VALUE", 4), "$.data.dataSets[0].observations[\"1:0\"][0]");
    assert_eq!(table.place.path(2, "FREQ", 0), "$.data.structures[0].dimensions.dataSet[0]");
}

#[test]
fn units_that_observations_share() {
    let unit =
        r#"{"id":"UNIT_MEASURE","values":[{"id":"USD","name":"US dollars"},{"id":"PC","name":"Percent"}]}"#;
    let power = r#"{"id":"UNIT_MULT","values":[{"id":"6","name":"Millions"}]}"#;
    let series = format!(
        r#"{{"dataSets":[{{"attributes":[0],"series":{{"0":{{"attributes":[1],"observations":{{"0":[1]}}}},
          "1":{{"attributes":[null],"observations":{{"0":[2]}}}}}}}}],
        "structure":{{"dimensions":{{"series":[{AREA}],"observation":[{TIME}]}},
          "attributes":{{"dataSet":[{power}],"series":[{unit}]}}}}}}"#
    );
    let table = only(&series);
    let want = "REF_AREA,REF_AREA label,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n\
                GHA,Ghana,2019,1,Percent,6\nKEN,Kenya,2019,2,,6\n";
    assert_eq!(table.text, want);
    for unit in ["UNIT_MEASURE", "UNIT_MULT"] {
        assert!(table.about.roles.contains(&(unit.to_owned(), ColumnRole::Unit)));
    }
    let flat = format!(
        r#"{{"data":{{"dataSets":[{{"dimensionGroupAttributes":{{"0:":[1,0],"1:":[null,0]}},
          "observations":{{"0:0":[1],"1:0":[2]}}}}],
        "structures":[{{"dimensions":{{"observation":[{AREA},{TIME}]}},
          "attributes":{{"dimensionGroup":[{unit},{power}]}}}}]}}}}"#
    );
    assert_eq!(only(&flat).text, want);
}

#[test]
fn damaged_messages() {
    for text in [
        r#"{"dataSets":[],"structure":{}}"#,
        r#"{"dataSets":[{}],"structure":{}}"#,
        r#"{"dataSets":[7],"structure":7}"#,
        r#"{"dataSets":[{"observations":{"0":[1]}}],"structures":[]}"#,
        r#"{"dataSets":[{"observations":{"0":[1]}}],"structure":{"dimensions":{"observation":[{"values":[]}]}}}"#,
        r#"{"dataSets":[{"structure":9,"series":[]}],"structure":{"dimensions":{"series":[{"id":"A"}]}}}"#,
    ] {
        assert!(read(text).is_none(), "{text}");
    }
    let text = r#"{"dataSets":[{"observations":{"0":[1]}}],"structure":{"dimensions":{"observation":[{"id":"GEO"}]}}}"#;
    assert_eq!(only(text).left_out, 1);
}
