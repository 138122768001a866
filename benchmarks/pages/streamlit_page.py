"""The page for Streamlit: the script is run again for each change.

streamlit run benchmarks/pages/streamlit_page.py
"""

import streamlit as st

from benchmarks.pages.people import HIGHEST, LOWEST, ORDERS, START, chosen, figure, sentence

score = st.slider("Score", LOWEST, HIGHEST, START)
name = st.text_input("Name")
order = st.selectbox("Order", ORDERS)

rows = chosen(score, name, order)
st.write(sentence(rows, score))
st.plotly_chart(figure(rows))
st.table(rows)
