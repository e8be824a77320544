//! Samples of JSON-stat, whole and damaged.

use super::super::{
    ColumnRole,
    tests::{only, read},
};

/// A dataset of two places and two years with this value and more.
fn dataset(value: &str, more: &str) -> String {
    format!(
        r#"{{"version":"2.0","class":"dataset","label":"L","source":"S","updated":"2026-01-01","href":"https://x",
        "id":["geo","time","m"],"size":[2,2,1],"role":{{"geo":["geo"],"time":["time"],"metric":["m"]}},
        "dimension":{{"geo":{{"category":{{"index":["GHA","KEN"],"label":{{"GHA":"Ghana","KEN":"Kenya"}}}}}},
          "time":{{"category":{{"index":{{"2020":1,"2019":0}}}}}},
          "m":{{"category":{{"label":{{"LE":"Life"}},"unit":{{"LE":{{"label":"years","decimals":1}}}}}}}}}},
        "value":{value}{more}}}"#
    )
}

#[test]
fn dense_values() {
    let table = only(&dataset("[1.5,null,3,4]", r#","status":["a",null,null,"e"]"#));
    assert_eq!(
        table.text,
        "geo,geo label,time,m,m label,value,status\nGHA,Ghana,2019,LE,Life,1.5,a\nGHA,Ghana,2020,LE,Life,,\n\
         KEN,Kenya,2019,LE,Life,3,\nKEN,Kenya,2020,LE,Life,4,e\n"
    );
    assert_eq!((table.left_out, table.name.as_str()), (0, ""));
    assert_eq!(table.place.path(3, "value", 5), "$.value[2]");
    assert_eq!(table.place.path(4, "status", 6), "$.status[3]");
    assert_eq!(table.place.path(1, "geo", 0), "$.dimension.geo.category");
    let about = table.about;
    assert_eq!(about.title.as_deref(), Some("L"));
    assert_eq!(about.url.as_deref(), Some("https://x"));
    assert_eq!(about.indicators[0].unit.as_deref(), Some("years"));
    assert_eq!(about.indicators[0].decimals, Some(1));
    let role = |heading: &str| about.roles.iter().find(|(name, _)| name == heading).map(|(_, role)| *role);
    assert_eq!(role("geo"), Some(ColumnRole::CountryCode));
    assert_eq!(role("geo label"), Some(ColumnRole::CountryName));
    assert_eq!(role("time"), Some(ColumnRole::Edition));
    assert_eq!(role("m label"), Some(ColumnRole::IndicatorName));
    assert_eq!(role("status"), Some(ColumnRole::Status));
}

#[test]
fn sparse_values() {
    let table = only(&dataset(r#"{"3":4,"0":1}"#, r#","status":{"1":"c","9":"x"}"#));
    assert_eq!(
        table.text,
        "geo,geo label,time,m,m label,value,status\nGHA,Ghana,2019,LE,Life,1,\nGHA,Ghana,2020,LE,Life,,c\n\
         KEN,Kenya,2020,LE,Life,4,\n"
    );
    assert_eq!(table.left_out, 1);
    assert_eq!(table.place.path(3, "value", 5), "$.value[\"3\"]");
    assert_eq!(table.place.path(2, "status", 6), "$.status[\"1\"]");
    let listed = only(&dataset(r#"{"0":1}"#, r#","status":[null,"c",null,null]"#));
    assert!(
        listed.text.ends_with("GHA,Ghana,2019,LE,Life,1,\nGHA,Ghana,2020,LE,Life,,c\n"),
        "{}",
        listed.text
    );
    let mixed = only(&dataset("[1,2,3,4]", r#","status":"p""#));
    assert!(mixed.text.ends_with("KEN,Kenya,2020,LE,Life,4,p\n"), "{}", mixed.text);
    assert_eq!(mixed.place.path(4, "status", 6), "$.status");
}

#[test]
fn damaged_datasets() {
    assert_eq!(only(&dataset("[1,2,3,4,5,6]", "")).left_out, 2);
    assert_eq!(only(&dataset("[1,2,3]", "")).left_out, 1);
    let table = only(&dataset(r#"{"0":1,"x":2,"99999999999999999999":3,"1":[4]}"#, ""));
    assert_eq!((table.text.lines().count(), table.left_out), (2, 3));
    for (from, to) in [
        ("[2,2,1]", "[4294967296,4294967296,4294967296]"),
        ("[2,2,1]", "[0,2,1]"),
        ("[2,2,1]", "[2,2]"),
        ("[2,2,1]", "[2,-2,1]"),
        ("[2,2,1]", r#"["2",2,1]"#),
        (r#"["geo","time","m"]"#, "[1,2,3]"),
    ] {
        let text = dataset("[1,2,3,4]", "").replace(from, to);
        assert!(read(&text).is_none(), "{to}");
    }
    assert!(read(&dataset("7", "")).is_none());
    let unknown = only(&dataset("[1,2,3,4]", "").replace(r#""2020":1"#, r#""2020":7"#));
    assert_eq!((unknown.text.lines().count(), unknown.left_out), (3, 2));
    let larger = only(&dataset("[1,2,3,4]", "").replace("[2,2,1]", "[2,3,1]"));
    assert_eq!((larger.text.lines().count(), larger.left_out), (4, 3));
}

#[test]
fn collections_and_bundles() {
    let text = format!(
        r#"{{"version":"2.0","class":"collection","link":{{"item":[{{"class":"dataset","href":"https://y"}},{},{}]}}}}"#,
        dataset("[1,2,3,4]", ""),
        dataset("{}", "").replace(r#""label":"L","#, "")
    );
    let tables = read(&text).expect("tables");
    let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["L", "2"]);
    assert_eq!(tables[0].place.path(1, "value", 5), "$.link.item[1].value[0]");
    let links = r#"{"class":"collection","link":{"item":[{"class":"dataset","href":"https://y"}]}}"#;
    assert!(read(links).is_none());
    let bundle = r#"{"oecd":{"label":"B","value":[1,2],"dimension":{"id":["area","year"],"size":[2,1],
        "role":{"geo":["area"]},"area":{"category":{"index":{"GR":0,"PL":1}}},
        "year":{"category":{"label":{"2014":"2014"}}}}}}"#;
    let table = only(bundle);
    assert_eq!(table.text, "area,year,value\nGR,2014,1\nPL,2014,2\n");
    assert_eq!(table.place.path(2, "value", 2), "$.oecd.value[1]");
    assert_eq!(table.about.roles[0], ("area".to_owned(), ColumnRole::CountryCode));
}
